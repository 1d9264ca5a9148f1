// The service of the Swift models as a Node programmer would write it: one process, one event loop.
//
//   node main.js serve --port P --workers 1 --json [--address A]
'use strict';

const http = require('node:http');

const MOST_NUMBER = 5e9;

// The sum 0…n in doubles: exact up to 2^53, so not for every number that is accepted.
function sum(last) {
  let total = 0;
  for (let number = 0; number <= last; number++) total += number;
  return total;
}

// Returns the status and the text for a path.
function answer(path) {
  const number = /^\/api\/(\d{1,10})$/.exec(path);
  if (number && Number(number[1]) <= MOST_NUMBER) return [200, `${sum(Number(number[1]))}\n`];
  if (number) return [400, `expected a whole number up to ${MOST_NUMBER}\n`];
  if (path === '/') return [200, 'node\n'];
  if (path === '/healthcheck') return [200, 'ok\n'];
  return [404, 'no such path (expected /, /healthcheck or /api/:n)\n'];
}

module.exports = function serve({ port, address }) {
  const server = http.createServer((request, response) => {
    const [status, text] = answer(request.url);
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': text.length, 'X-Worker': `0/${process.pid}`,
    });
    response.end(text);
  });
  server.on('error', (error) => {
    console.error(`node: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, address, () => {
    console.log(JSON.stringify({
      schema: 'scaleup.service/1', version: '1', model: 'node', workers: 1, address, port: server.address().port,
      process: process.pid,
    }));
  });
  process.on('SIGTERM', () => {
    server.close();
    server.closeIdleConnections();
  });
};

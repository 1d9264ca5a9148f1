// The service of the Swift models as a Node programmer would write it with the cluster module: a process per worker, which
// get connections of one port in turn. A worker that dies is forked again.
//
//   node main.js serve --port P --workers N --json [--address A]
'use strict';

const cluster = require('node:cluster');
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

// A worker serves until the primary tells it to drain.
exports.work = ({ number, port, address }) => {
  const server = http.createServer((request, response) => {
    const [status, text] = answer(request.url);
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': text.length, 'X-Worker': `${number}/${process.pid}`,
    });
    response.end(text);
  });
  server.on('error', (error) => {
    console.error(`node-cluster: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, address);
  process.on('message', () => {
    server.closeIdleConnections();
    cluster.worker.disconnect();
  });
};

// The primary forks the workers, and says when all of them listen.
exports.lead = ({ port, address, workers }) => {
  let listening = 0;
  let isDraining = false;
  const numbers = new Map();
  const fork = (number) => {
    const part = { number, port, address };
    numbers.set(cluster.fork({ SCALEUP_SERVICE: JSON.stringify(part) }).id, number);
  };
  cluster.on('listening', (worker, { port: chosen }) => {
    listening += 1;
    if (listening === workers) {
      console.log(JSON.stringify({
        schema: 'scaleup.service/1', version: '1', model: 'node-cluster', workers, address, port: chosen, process: process.pid,
      }));
    }
  });
  cluster.on('exit', (worker) => {
    if (listening < workers) process.exit(1);
    if (!isDraining) fork(numbers.get(worker.id));
  });
  process.on('SIGTERM', () => {
    isDraining = true;
    for (const worker of Object.values(cluster.workers)) worker.send('drain');
  });
  // A worker that asks for port 0 gets the one that the first has got.
  for (let number = 0; number < workers; number++) fork(number);
};

// The work of the Swift models as a Node programmer would write it with the cluster module: one process per worker, and
// one message from each to the primary process.
//
//   node main.js sum|stress --workers P --json [--upto N | --seconds S]
//   node main.js serve --workers P --json --port N [--address A]
//
// Numbers are doubles, so sums above 2^53 are inexact. The result is printed as computed.
'use strict';

const cluster = require('node:cluster');
const { parseArgs } = require('node:util');

const MAXIMUM_WORKERS = 256;
// The largest N that a loop can count to: above it, number + 1 can equal number.
const LARGEST_N = Number.MAX_SAFE_INTEGER - 1;

// No barrier is needed: the just-in-time compiler neither replaces loops by formulas nor vectorizes them.
function sum(lower, upper) {
  let total = 0;
  for (let number = lower; number < upper; number++) total += number;
  return total;
}

const STEPS_PER_BATCH = 4096;
const OPERATIONS_PER_STEP = 16;

// Four chains of integers and four of fractions, with a multiplication and an addition per step. The integers have 32
// bits, because 64 bits need a BigInt, which allocates an object per result.
function runBatch(chains) {
  let [a, b, c, d, w, x, y, z] = chains;
  for (let step = 0; step < STEPS_PER_BATCH; step++) {
    a = (Math.imul(a, 1664525) + 1013904223) | 0;
    b = (Math.imul(b, 1664525) + 1013904223) | 0;
    c = (Math.imul(c, 1664525) + 1013904223) | 0;
    d = (Math.imul(d, 1664525) + 1013904223) | 0;
    w = w * 0.999 + 0.001;
    x = x * 0.999 + 0.001;
    y = y * 0.999 + 0.001;
    z = z * 0.999 + 0.001;
  }
  return [a, b, c, d, w, x, y, z];
}

function operationsUntil(deadline) {
  let chains = [1, 2, 3, 4, 0.1, 0.2, 0.3, 0.4];
  let operations = 0;
  while (process.hrtime.bigint() < deadline) {
    chains = runBatch(chains);
    operations += STEPS_PER_BATCH * OPERATIONS_PER_STEP;
  }
  return operations;
}

class UsageError extends Error {}

function readNumber(values, option, pattern, least, most) {
  const text = values[option];
  if (text === undefined) throw new UsageError(`missing option: --${option}`);
  const value = Number(text);
  if (!pattern.test(text) || value < least || value > most) {
    throw new UsageError(`invalid value for --${option}: '${text}' (expected a number from ${least} to ${most})`);
  }
  return value;
}

function readJob(args) {
  const workload = args[0];
  if (workload !== 'sum' && workload !== 'stress') throw new UsageError('missing workload (expected sum or stress)');
  const string = { type: 'string' };
  const options = { json: { type: 'boolean' }, workers: string };
  options[workload === 'sum' ? 'upto' : 'seconds'] = string;
  let values;
  try {
    ({ values } = parseArgs({ args: args.slice(1), options }));
  } catch (error) {
    throw new UsageError(error.message.split('\n', 1)[0]);
  }
  const job = { workload, workers: readNumber(values, 'workers', /^\d+$/, 1, MAXIMUM_WORKERS) };
  if (workload === 'sum') job.upTo = readNumber(values, 'upto', /^\d+$/, 0, LARGEST_N);
  else job.duration = Math.round(readNumber(values, 'seconds', /^\d+(\.\d+)?$/, 1e-9, 86400) * 1e9);
  return job;
}

// Returns the digits of a whole number. String would use an exponent from 10^21 on.
function digits(number) {
  return number < 1e21 ? String(number) : BigInt(number).toString();
}

// Returns the first number of a worker's part. The first parts have one number of the remainder each.
function startOfPart(worker, workers, count) {
  const remainder = count % workers;
  return (count - remainder) / workers * worker + Math.min(worker, remainder);
}

// A worker gets its part in its environment, because it could miss a message. It lives until the primary disconnects
// it, so one that ends earlier has failed.
function work({ deadline, lower, upper }) {
  process.send(deadline ? operationsUntil(BigInt(deadline)) : sum(lower, upper));
}

// Starts the workers and adds their results.
function totalOfWorkers(workers, partOf) {
  return new Promise((resolve, reject) => {
    let total = 0;
    let missing = workers;
    cluster.on('message', (worker, part) => {
      total += part;
      missing -= 1;
      if (missing === 0) resolve(total);
    });
    cluster.on('exit', (worker, code, signal) => {
      reject(new Error(`worker ${worker.id} ended with ${signal ?? `status ${code}`} before the work was done`));
    });
    for (let worker = 0; worker < workers; worker++) {
      cluster.fork({ SCALEUP_PART: JSON.stringify(partOf(worker)) }).on('error', reject);
    }
  });
}

function readService(args) {
  const options = {
    json: { type: 'boolean' }, workers: { type: 'string' }, port: { type: 'string' },
    address: { type: 'string', default: '127.0.0.1' },
  };
  let values;
  try {
    ({ values } = parseArgs({ args: args.slice(1), options }));
  } catch (error) {
    throw new UsageError(error.message.split('\n', 1)[0]);
  }
  return {
    workers: readNumber(values, 'workers', /^\d+$/, 1, MAXIMUM_WORKERS),
    port: readNumber(values, 'port', /^\d+$/, 0, 65535), address: values.address,
  };
}

async function lead(args) {
  if (args[0] === 'serve') return require('./serve.js').lead(readService(args));
  const { workload, workers, upTo, duration } = readJob(args);
  const start = process.hrtime.bigint();
  // All processes of the machine read the same clock.
  const total = await totalOfWorkers(workers, (worker) => workload === 'sum'
    ? { lower: startOfPart(worker, workers, upTo + 1), upper: startOfPart(worker + 1, workers, upTo + 1) }
    : { deadline: String(start + BigInt(duration)) });
  const region = Number(process.hrtime.bigint() - start);
  cluster.removeAllListeners('exit');
  cluster.disconnect();
  console.log(JSON.stringify({
    schema: 'scaleup.trial/1', model: 'node-cluster', workload, kernel: 'scalar', workers, upTo, duration,
    result: digits(total), region,
  }));
}

function fail(error) {
  console.error(`node-cluster: ${error.message}`);
  for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGKILL');
  process.exit(error instanceof UsageError ? 64 : 1);
}

if (cluster.isPrimary) lead(process.argv.slice(2)).catch(fail);
else if (process.env.SCALEUP_SERVICE) require('./serve.js').work(JSON.parse(process.env.SCALEUP_SERVICE));
else work(JSON.parse(process.env.SCALEUP_PART));

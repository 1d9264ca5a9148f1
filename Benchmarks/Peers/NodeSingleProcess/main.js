// The work of the Swift models as a Node programmer would write it: in one process, with plain Numbers.
//
//   node main.js sum|stress --workers 1 --json [--upto N | --seconds S]
//   node main.js serve --workers 1 --json --port P [--address A]
//
// Numbers are doubles, so sums above 2^53 are inexact. The result is printed as computed.
'use strict';

const { parseArgs } = require('node:util');

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
  const job = { workload, workers: readNumber(values, 'workers', /^\d+$/, 1, 1) };
  if (workload === 'sum') job.upTo = readNumber(values, 'upto', /^\d+$/, 0, LARGEST_N);
  else job.duration = Math.round(readNumber(values, 'seconds', /^\d+(\.\d+)?$/, 1e-9, 86400) * 1e9);
  return job;
}

// Returns the digits of a whole number. String would use an exponent from 10^21 on.
function digits(number) {
  return number < 1e21 ? String(number) : BigInt(number).toString();
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
    workers: readNumber(values, 'workers', /^\d+$/, 1, 1), port: readNumber(values, 'port', /^\d+$/, 0, 65535),
    address: values.address,
  };
}

function main(args) {
  if (args[0] === 'serve') return require('./serve.js')(readService(args));
  const { workload, workers, upTo, duration } = readJob(args);
  const start = process.hrtime.bigint();
  const result = workload === 'sum' ? sum(0, upTo + 1) : operationsUntil(start + BigInt(duration));
  const region = Number(process.hrtime.bigint() - start);
  console.log(JSON.stringify({
    schema: 'scaleup.trial/1', model: 'node', workload, kernel: 'scalar', workers, upTo, duration,
    result: digits(result), region,
  }));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`node: ${error.message}`);
  process.exitCode = 64;
}

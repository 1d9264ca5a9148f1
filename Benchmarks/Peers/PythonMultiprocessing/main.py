"""The work of the Swift models as a Python programmer would write it: one process per worker.

    main.py sum|stress --workers P --json [--upto N | --seconds S]
"""

import argparse
import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

MAXIMUM_WORKERS = 256
MASK = 2**64 - 1


def parts(count, workers):
    """Returns the parts of the numbers below count; the first parts have one number of the remainder each.

    The workers call sum on them. No barrier is needed, because the interpreter does not optimize the loop, and its
    integers do not overflow.
    """
    size, remainder = divmod(count, workers)
    starts = [worker * size + min(worker, remainder) for worker in range(workers + 1)]
    return [range(lower, upper) for lower, upper in zip(starts, starts[1:])]


def operations_until(deadline):
    """Returns the number of operations on four chains of integers and four of floats before a deadline.

    Each step is a multiplication and an addition per chain. Taking the integers modulo 2**64 is not counted. The batch
    is smaller than in the other languages, because it is slower.
    """
    steps, operations_per_step = 256, 16
    a, b, c, d = 1, 2, 3, 4
    w, x, y, z = 0.1, 0.2, 0.3, 0.4
    operations = 0
    while time.monotonic_ns() < deadline:
        for _ in range(steps):
            a = a * 6364136223846793005 + 1442695040888963407 & MASK
            b = b * 6364136223846793005 + 1442695040888963407 & MASK
            c = c * 6364136223846793005 + 1442695040888963407 & MASK
            d = d * 6364136223846793005 + 1442695040888963407 & MASK
            w = w * 0.999 + 0.001
            x = x * 0.999 + 0.001
            y = y * 0.999 + 0.001
            z = z * 0.999 + 0.001
        operations += steps * operations_per_step
    return operations


def integer(least, most):
    def read(text):
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"invalid value: '{text}' (expected a whole number from {least} to {most})")
        return int(text)

    return read


def nanoseconds(text):
    try:
        duration = round(float(text) * 1e9)
    except (ValueError, OverflowError):
        duration = 0
    if not 0 < duration <= 86400 * 10**9:
        raise argparse.ArgumentTypeError(f"invalid value: '{text}' (expected seconds above 0, up to 86400)")
    return duration


class Parser(argparse.ArgumentParser):
    def error(self, message):
        print(f"python: {message}", file=sys.stderr)
        sys.exit(64)


def read_job():
    parser = Parser(allow_abbrev=False)
    workloads = parser.add_subparsers(dest="workload", required=True)
    for name, extent, kind in (("sum", "--upto", integer(0, 2**64 - 2)), ("stress", "--seconds", nanoseconds)):
        workload = workloads.add_parser(name, allow_abbrev=False)
        workload.add_argument("--workers", type=integer(1, MAXIMUM_WORKERS), required=True)
        workload.add_argument("--json", action="store_true", help="the only output format")
        workload.add_argument(extent, type=kind, required=True, dest="extent")
    return parser.parse_args()


def main():
    job = read_job()
    start = time.monotonic_ns()
    if job.workload == "sum":
        extent, work, parameters = {"upTo": job.extent}, sum, parts(job.extent + 1, job.workers)
    else:
        # All processes of the machine read the same clock.
        extent, work, parameters = {"duration": job.extent}, operations_until, [start + job.extent] * job.workers
    try:
        # An executor, not multiprocessing.Pool, which waits forever if a worker dies.
        with ProcessPoolExecutor(job.workers, multiprocessing.get_context()) as pool:
            result = sum(pool.map(work, parameters))
            region = time.monotonic_ns() - start
    except (BrokenProcessPool, OSError) as error:
        sys.exit(f"python: {error}")
    print(json.dumps({
        "schema": "scaleup.trial/1", "model": "python", "workload": job.workload, "kernel": "scalar",
        "workers": job.workers, **extent, "result": str(result), "region": region,
    }))


if __name__ == "__main__":
    main()

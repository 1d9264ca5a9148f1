//! The work of the Swift models as a Rust programmer would write it with scoped threads.
//!
//!     rust sum|stress --workers P --json [--upto N | --seconds S]

use std::arch::asm;
use std::ops::Range;
use std::time::{Duration, Instant};

const MAXIMUM_WORKERS: u64 = 4096;

/// The optimization barrier: no instruction, but the compiler must assume that it changes the value.
/// `std::hint::black_box` would work too, but it stores the value in memory, and the sum takes 10 % longer.
#[inline(always)]
fn opaque(mut value: u64) -> u64 {
    unsafe { asm!("/* {0} */", inout(reg) value, options(nomem, nostack, preserves_flags)) };
    value
}

#[inline(always)]
fn opaque_f64(mut value: f64) -> f64 {
    #[cfg(target_arch = "x86_64")]
    unsafe {
        asm!("/* {0} */", inout(xmm_reg) value, options(nomem, nostack, preserves_flags))
    };
    #[cfg(target_arch = "aarch64")]
    unsafe {
        asm!("/* {0} */", inout(vreg) value, options(nomem, nostack, preserves_flags))
    };
    value
}

/// Adds blocks that are too short to overflow 64 bits: `length * largest` is below 2^64.
fn sum(range: Range<u64>) -> u128 {
    let length = u64::MAX / range.end.saturating_sub(1).max(1);
    let mut total = 0;
    let mut lower = range.start;
    while lower < range.end {
        let upper = lower + length.min(range.end - lower);
        total += u128::from((lower..upper).map(opaque).sum::<u64>());
        lower = upper;
    }
    total
}

/// Counts operations on four chains of integers and four of fractions, with a multiplication and an addition per step.
/// The barriers keep the compiler from combining several chains in one vector.
fn operations_until(deadline: Instant) -> u128 {
    const STEPS: u128 = 4096;
    const OPERATIONS_PER_STEP: u128 = 16;
    let mut integers = [1u64, 2, 3, 4];
    let mut fractions = [0.1, 0.2, 0.3, 0.4];
    let mut operations = 0;
    while Instant::now() < deadline {
        for _ in 0..STEPS {
            for x in &mut integers {
                *x = opaque(*x)
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
            }
            for y in &mut fractions {
                *y = opaque_f64(*y) * 0.999 + 0.001;
            }
        }
        operations += STEPS * OPERATIONS_PER_STEP;
    }
    operations
}

/// Runs one thread per worker and adds their results.
fn total_of_workers(workers: u64, work: impl Fn(u64) -> u128 + Sync) -> Result<u128, String> {
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for worker in 0..workers {
            let work = &work;
            let thread = std::thread::Builder::new()
                .spawn_scoped(scope, move || work(worker))
                .map_err(|error| format!("cannot start thread {}: {error}", worker + 1))?;
            threads.push(thread);
        }
        Ok(threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum())
    })
}

/// Returns the worker's part of `0..count`. The first `count % workers` parts have one number more.
fn part(worker: u64, workers: u64, count: u64) -> Range<u64> {
    let start = |worker: u64| count / workers * worker + worker.min(count % workers);
    start(worker)..start(worker + 1)
}

fn run(arguments: &[String]) -> Result<(), (i32, String)> {
    let usage = |text: String| (64, text);
    let (mut workload, mut workers, mut up_to, mut seconds) = (None, None, None, None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = |least, most| {
            match rest.next().map(|text| (text, text.parse::<u64>())) {
            Some((_, Ok(value))) if (least..=most).contains(&value) => Ok(Some(value)),
            Some((text, _)) => Err(usage(format!(
                "invalid value for {argument}: '{text}' (expected a whole number from {least} to {most})"
            ))),
            None => Err(usage(format!("missing value for {argument}"))),
        }
        };
        match argument.as_str() {
            "--json" => {} // the only output format
            "--workers" => workers = number(1, MAXIMUM_WORKERS)?,
            "--upto" => up_to = number(0, u64::MAX - 1)?,
            "--seconds" => {
                let value = rest
                    .next()
                    .and_then(|text| text.parse().ok())
                    .filter(|s| *s > 0.0 && *s <= 86400.0);
                seconds = Some(value.ok_or_else(|| {
                    usage(
                        "invalid value for --seconds (expected seconds above 0, up to 86400)"
                            .into(),
                    )
                })?);
            }
            "sum" | "stress" if workload.is_none() => workload = Some(argument.as_str()),
            _ => return Err(usage(format!("unexpected argument: '{argument}'"))),
        }
    }
    let workers = workers.ok_or_else(|| usage("missing option: --workers P".into()))?;

    let start = Instant::now();
    let (workload, extent, result) = match (workload, up_to, seconds) {
        (Some("sum"), Some(n), None) => (
            "sum",
            format!("\"upTo\":{n}"),
            total_of_workers(workers, |worker| sum(part(worker, workers, n + 1))),
        ),
        (Some("stress"), None, Some(seconds)) => {
            let duration = Duration::from_secs_f64(seconds);
            let result = total_of_workers(workers, |_| operations_until(start + duration));
            (
                "stress",
                format!("\"duration\":{}", duration.as_nanos()),
                result,
            )
        }
        _ => return Err(usage("expected sum --upto N, or stress --seconds S".into())),
    };
    let region = start.elapsed().as_nanos();
    let result = result.map_err(|text| (1, text))?;
    println!(
        "{{\"schema\":\"scaleup.trial/1\",\"model\":\"rust\",\"workload\":\"{workload}\",\"kernel\":\"scalar\",\
         \"workers\":{workers},{extent},\"result\":\"{result}\",\"region\":{region}}}"
    );
    Ok(())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Err((status, text)) = run(&arguments) {
        eprintln!("rust: {text}");
        std::process::exit(status);
    }
}

import Records
import TestSupport

// Runs as they might have been, of values that are easy to calculate with.

/// A run of 4 effective CPUs, or as many as are given.
func run(_ configurations: [Configuration], _ trials: [Trial], effectiveCPUs: Int = 4) -> RunRecord {
  RunRecord(
    host: "host", startedAt: "2026-01-02T03:04:05Z",
    passport: Passport(
      architecture: "x86_64", onlineCPUs: effectiveCPUs, effectiveCPUs: effectiveCPUs, kernel: "Linux 6",
      swift: "6.3"),
    plan: Plan(configurations: configurations, trials: 5, warmUps: 1), trials: trials)
}

/// A run of rounds in which each configuration is tried once.
///
/// - Parameter value: What a trial takes, in nanoseconds, or for a stress of one second how many operations it gets done;
///   `nil` for one that fails.
func run(
  _ configurations: [Configuration], rounds: Int, effectiveCPUs: Int = 4,
  value: (_ configuration: Configuration, _ round: Int) -> Double?
) -> RunRecord {
  let trials = (0..<rounds).flatMap { round in
    configurations.enumerated().map { position, configuration in
      var trial = failed(position)
      if let value = value(configuration, round) {
        trial =
          configuration.upTo == nil
          ? measured(position, region: 1_000_000_000, result: UInt128(value))
          : measured(position, region: UInt64(value))
      }
      trial.round = round
      return trial
    }
  }
  return run(configurations, trials, effectiveCPUs: effectiveCPUs)
}

/// Values about 1 that scatter evenly, by a part of it.
func noise(_ part: Double, _ generator: inout SplitMix64) -> Double {
  1 + part * Double.random(in: -1...1, using: &generator)
}

/// The sum up to 999 999, which are 10^6 numbers.
func sum(_ model: String, _ workers: Int, kernel: String = "scalar", upTo: UInt64 = 999_999) -> Configuration
{
  Configuration(model: model, workload: "sum", kernel: kernel, workers: workers, upTo: upTo)
}

/// A stress of one second.
func stress(_ model: String, _ workers: Int) -> Configuration {
  Configuration(model: model, workload: "stress", workers: workers, duration: 1_000_000_000)
}

/// A trial that was measured; its result is right for a sum, unless another is given.
func measured(
  _ configuration: Int, region: UInt64, result: UInt128 = 499_999_500_000, shares: [UInt128]? = nil,
  warmUp: Bool = false,
  process: ProcessRecord? = nil
) -> Trial {
  var report = TrialRecord(result: ExactInteger(result), region: region)
  report.shares = shares?.enumerated().map { worker, result in
    Share(worker: worker, result: ExactInteger(result), begin: 0, end: region, cpuTime: region)
  }
  return Trial(configuration: configuration, round: 0, warmUp: warmUp, process: process, report: report)
}

/// A trial that failed.
func failed(_ configuration: Int, _ reason: String = "it broke", warmUp: Bool = false) -> Trial {
  Trial(
    configuration: configuration, round: 0, warmUp: warmUp, process: process(wall: 1, user: 1_000_000),
    failure: reason)
}

/// Returns the kernel's record of a process.
func process(
  wall: UInt64, user: UInt64 = 0, system: UInt64 = 0, voluntary: Int = 0, involuntary: Int = 0
) -> ProcessRecord {
  ProcessRecord(
    wall: wall, userTime: user, systemTime: system, voluntaryContextSwitches: voluntary,
    involuntaryContextSwitches: involuntary, minorPageFaults: 0, majorPageFaults: 0)
}

import Records
import TestSupport

/// A run as a machine with so many CPUs might have made it: two workloads, two models at 1, 2, 4 … workers and one more
/// than CPUs, with the shares of all workers and the use of all cores.
///
/// - Parameter isWild: Whether times and counts are anything that a record can hold, instead of what may be.
func pictureRun(cores: Int, rounds: Int = 6, host: String = "bench-1", isWild: Bool = false) -> RunRecord {
  let counts = sequence(first: 1) { $0 * 2 }.prefix { $0 < cores } + [cores, cores + 1]
  let configurations = ["sum", "stress"].flatMap { workload in
    [configuration("single", workload, 1)]
      + ["fork", "threads"].flatMap { model in counts.map { configuration(model, workload, $0) } }
  }
  var run = syntheticRun
  run.host = host
  (run.passport.effectiveCPUs, run.passport.onlineCPUs) = (cores, cores)
  run.plan = Plan(configurations: configurations, trials: rounds, warmUps: 0)
  var numbers = SplitMix64(seed: UInt64(cores))
  run.trials = (0..<rounds).flatMap { round in
    configurations.indices.map { position in
      trial(configurations[position], position, round, cores, isWild, &numbers)
    }
  }
  return run
}

private func configuration(_ model: String, _ workload: String, _ workers: Int) -> Configuration {
  Configuration(
    model: model, workload: workload, workers: workers, upTo: workload == "sum" ? 2_000_000_000 : nil,
    duration: workload == "sum" ? nil : 300_000_000)
}

private func trial(
  _ configuration: Configuration, _ position: Int, _ round: Int, _ cores: Int, _ isWild: Bool,
  _ numbers: inout SplitMix64
) -> Trial {
  func number(_ range: ClosedRange<UInt64>) -> UInt64 {
    isWild
      ? numbers.next() >> UInt64.random(in: 0..<64, using: &numbers) : .random(in: range, using: &numbers)
  }
  let workers = UInt64(configuration.workers)
  // Two in a hundred of the work are serial.
  let fixed = configuration.upTo == nil ? 300_000_000 : 12_000_000 + 588_000_000 / workers
  let region = number(fixed...fixed + fixed / 20)
  let right = configuration.upTo.flatMap { KnownAnswer.result(of: configuration.workload, upTo: $0) }
  var report = TrialRecord(
    result: right ?? ExactInteger(UInt128(workers) * UInt128(number(1_000_000...1_001_000))), region: region)
  report.workers = configuration.workers
  report.shares = (0..<configuration.workers).map { worker in
    let (begin, end) = (number(0...region / 100), number(region - region / 20...region))
    return Share(
      worker: worker, result: ExactInteger(UInt128(number(90...100))), begin: begin, end: end,
      cpuTime: number((end &- begin) / 10 * 9...end &- begin))
  }
  var process = ProcessRecord(
    wall: region &+ 2_000_000, userTime: region, systemTime: 1_000_000, voluntaryContextSwitches: 4,
    involuntaryContextSwitches: 1, minorPageFaults: 700, majorPageFaults: 0)
  let interval = number(50_000_000...50_000_000)
  process.activity = Activity(
    cores: CoreTimeline(
      interval: interval, span: number(350_000_000...350_000_000), cores: Array(0..<cores),
      busy: (0..<cores).map { core in
        (0..<7).map { place in
          isWild ? Int(number(0...100) >> 1) : core < configuration.workers && place > 0 ? 90 + core % 10 : 7
        }
      }))
  return Trial(configuration: position, round: round, warmUp: false, process: process, report: report)
}

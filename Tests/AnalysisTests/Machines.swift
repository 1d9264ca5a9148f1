import Analysis
import Records
import TestSupport

// Runs of machines with more or fewer cores, as they might have been.

/// A run of `single` and of `fork` with every core, with seven rounds.
///
/// - Parameter times: The time of each in milliseconds.
func machine(cores: Int, times: [Double]) -> RunRecord {
  var generator = SplitMix64(seed: 0)
  return machine(cores: cores, times: times, noise: 0, &generator)
}

/// The same with noise, in parts of the time.
func machine(cores: Int, times: [Double], noise: Double, _ generator: inout SplitMix64) -> RunRecord {
  let trials = (0..<7).flatMap { round in
    times.enumerated().map { position, time in
      let factor = 1 + Double.random(in: -noise...noise, using: &generator)
      return trial(position, round, region: UInt64(1e6 * time * factor))
    }
  }
  return run([sum("single", 1), sum("fork", cores)], trials, effectiveCPUs: cores)
}

/// A trial of a round whose cores were all busy.
func trial(_ configuration: Int, _ round: Int, region: UInt64, result: UInt128 = 499_999_500_000) -> Trial {
  var trial = measured(configuration, region: region, result: result, shares: [result])
  trial.round = round
  trial.report?.workers = 1
  return trial
}

extension ComparisonRecord {
  /// Compares runs that are called A, B and so on.
  init(between records: [RunRecord], gates: [Gate] = []) {
    self.init(betweenSides: records.map { [$0] }, gates: gates)
  }

  /// Compares sides of one or several runs that are called A, B and so on.
  init(betweenSides sides: [[RunRecord]], gates: [Gate] = []) {
    let runs = zip(["A", "B", "C"], sides).map { Run($1[0], name: $0) }
    self.init(sides, runs, gates: gates)
  }
}

/// Whether two numbers agree but for a part of the second.
func isClose(_ one: Double, _ other: Double, _ tolerance: Double) -> Bool {
  (one - other).magnitude <= tolerance * other.magnitude
}

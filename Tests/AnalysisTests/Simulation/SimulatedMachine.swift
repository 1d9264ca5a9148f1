import Foundation
import Records
import TestSupport

/// A machine of known truth, and the runs that it might have made.
///
/// The logarithm of every time is that of the truth plus four normal noises: of the trial alone, of its round, of its
/// configuration in this run, and of the run as a whole.
struct SimulatedMachine {
  /// The configurations, each with its true time in nanoseconds.
  var configurations: [(configuration: Configuration, time: Double)]
  /// The standard deviation of the noise of a trial, relative to its time.
  var noise = 0.02
  /// The standard deviation of the noise that all trials of a round share.
  var roundNoise = 0.0
  /// The correlation of the noises of neighbouring rounds: an autoregressive process of order 1.
  var memory = 0.0
  /// The standard deviation of the effect of a run on each of its configurations.
  var configurationEffect = 0.0
  /// The standard deviation of the effect of a run on all its trials.
  var sessionEffect = 0.0
  var effectiveCPUs = 2

  /// Returns a run of so many rounds.
  func run(rounds: Int, _ generator: inout SplitMix64) -> RunRecord {
    let session = generator.normal(0, sessionEffect)
    let effects = configurations.map { _ in session + generator.normal(0, configurationEffect) }
    var roundEffect = generator.normal(0, roundNoise)
    var trials: [Trial] = []
    for round in 0..<rounds {
      for (position, (_, time)) in configurations.enumerated() {
        let slowness = exp(effects[position] + roundEffect + generator.normal(0, noise))
        trials.append(trial(position, round, region: UInt64(time * slowness)))
      }
      roundEffect =
        memory * roundEffect + (1 - memory * memory).squareRoot() * generator.normal(0, roundNoise)
    }
    return AnalysisTests.run(configurations.map(\.configuration), trials, effectiveCPUs: effectiveCPUs)
  }
}

extension SimulatedMachine {
  /// `single` and models with 2 workers, whose true times are multiples of half of that of `single`.
  static func models(_ multiples: [Double]) -> SimulatedMachine {
    let names = ["fork", "dispatch", "taskgroup", "threads", "mpi"]
    return SimulatedMachine(
      configurations: [(sum("single", 1), 1e9)] + zip(names, multiples).map { (sum($0, 2), 5e8 * $1) })
  }

  /// So many configurations of one model, all of which take a second.
  static func equal(_ count: Int) -> SimulatedMachine {
    SimulatedMachine(configurations: (1...count).map { (sum("threads", $0), 1e9) })
  }
}

/// Returns how many times to repeat a simulation: a few, so that the tests are quick, or as many times more as the
/// environment variable `SCALEUP_SIMULATIONS` says. The bounds of the tests allow for what chance does to a few.
func repetitions(_ few: Int) -> Int {
  few * (ProcessInfo.processInfo.environment["SCALEUP_SIMULATIONS"].flatMap { Int($0) } ?? 1)
}

/// Returns the part of the repetitions of a simulation in which something holds, and prints it.
func part(
  _ what: String, of few: Int, seed: UInt64, _ holds: (inout SplitMix64) throws -> Bool
) rethrows -> Double {
  var generator = SplitMix64(seed: seed)
  let count = repetitions(few)
  let found = try (0..<count).count { _ in try holds(&generator) }
  let part = Double(found) / Double(count)
  print("\(what): \((part * 1000).rounded() / 10) % of \(count)")
  return part
}

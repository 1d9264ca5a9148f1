import Analysis
import Records

/// Runs trials, and takes a trial that other programs disturbed again.
///
/// The foreign load alone decides, never the time of the trial. On a machine that stays busy, retaking would only take
/// time. So if it fails several times in a row, trials are taken once until one is undisturbed.
final class RetakingTrialRunner<Runner: TrialRunner>: TrialRunner {
  /// The most attempts at a trial.
  private static var mostAttempts: Int { 3 }
  /// The number of consecutive disturbed outcomes after which trials are taken once.
  private static var mostFailures: Int { 5 }

  private let runner: Runner
  /// The number of consecutive outcomes that stayed disturbed.
  private var failures = 0

  /// Makes a runner whose attempts another runner carries out.
  init(_ runner: Runner) {
    self.runner = runner
  }

  /// Runs a trial, and returns the first undisturbed outcome, or else the last one.
  func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
    var outcome = try runner.run(configuration, timeout: timeout)
    var attempts = 1
    while outcome.isDisturbed, attempts < Self.mostAttempts, failures < Self.mostFailures {
      outcome = try runner.run(configuration, timeout: timeout)
      attempts += 1
    }
    failures = outcome.isDisturbed ? failures + 1 : 0
    return outcome
  }
}

extension TrialOutcome {
  /// Whether other programs disturbed a trial that was measured.
  fileprivate var isDisturbed: Bool {
    guard case .measured(let process, _) = self else { return false }
    return process.isDisturbed()
  }
}

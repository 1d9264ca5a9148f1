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
  /// The most cores that other programs may keep busy during an undisturbed trial.
  private let mostForeignLoad: Double
  /// The number of consecutive outcomes that stayed disturbed.
  private var failures = 0

  /// Makes a runner whose attempts another runner carries out.
  ///
  /// - Parameter mostForeignLoad: The most cores that other programs may keep busy during an undisturbed trial.
  init(_ runner: Runner, mostForeignLoad: Double = ProcessRecord.mostForeignLoad) {
    self.runner = runner
    self.mostForeignLoad = mostForeignLoad
  }

  /// Runs a trial, and returns the first undisturbed outcome, or else the last one.
  func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
    var outcome = try runner.run(configuration, timeout: timeout)
    var attempts = 1
    while isDisturbed(outcome), attempts < Self.mostAttempts, failures < Self.mostFailures {
      outcome = try runner.run(configuration, timeout: timeout)
      attempts += 1
    }
    failures = isDisturbed(outcome) ? failures + 1 : 0
    return outcome
  }

  /// Returns whether other programs disturbed a trial that was measured.
  private func isDisturbed(_ outcome: TrialOutcome) -> Bool {
    guard case .measured(let process, _) = outcome else { return false }
    return process.isDisturbed(beyond: mostForeignLoad)
  }
}

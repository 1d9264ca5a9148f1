import Records
import Statistics

extension RunRecord {
  /// A configuration, and of its trials that count the one whose region lies in the middle.
  public struct TypicalTrial: Equatable, Sendable {
    /// What was tried.
    public let configuration: Configuration
    /// Its round.
    public let round: Int
    /// What it found.
    public let report: TrialRecord
    /// What the machine did meanwhile.
    public let activity: Activity?
  }

  /// The typical trial of every configuration that was measured, in the order of the plan. It is one that was
  /// measured: with an even number of trials the faster of the two in the middle.
  public var typicalTrials: [TypicalTrial] {
    let counted = trials.filter { !$0.warmUp && $0.failure == nil }
    let groups = Dictionary(grouping: counted, by: \.configuration)
    return plan.configurations.indices.compactMap { position in
      let reports = (groups[position] ?? []).compactMap { trial in trial.report.map { (trial, $0) } }
      let sorted = reports.sorted { ($0.1.region, $0.0.round) < ($1.1.region, $1.0.round) }
      guard !sorted.isEmpty else { return nil }
      let (trial, report) = sorted[(sorted.count - 1) / 2]
      return TypicalTrial(
        configuration: plan.configurations[position], round: trial.round, report: report,
        activity: trial.process?.activity)
    }
  }
}

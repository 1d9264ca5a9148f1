import Analysis
import Formatting
import Records

/// A column of the CSV report.
struct CSVColumn {
  /// The runs that have the column.
  enum Group {
    /// All runs.
    case all
    /// Runs of `memory`.
    case arrays
    /// Runs of `serve`.
    case servers
    /// Runs of commands.
    case commands
  }

  let group: Group
  /// The title, with the unit of a quantity that has one.
  let title: String
  /// The meaning, in a sentence.
  let meaning: String
  /// The field of a trial; `nil` if it was not measured.
  let field: (CSVTrial) -> (any CustomStringConvertible)?

  init(
    _ title: String, _ meaning: String, in group: Group = .all,
    _ field: @escaping (CSVTrial) -> (any CustomStringConvertible)?
  ) {
    (self.group, self.title, self.meaning, self.field) = (group, title, meaning, field)
  }
}

/// A trial with what its row needs.
struct CSVTrial {
  let run: RunRecord
  let configuration: Configuration
  let trial: Trial
  let isOutlier: Bool?
  let speedup: Double?

  var process: ProcessRecord? { trial.process }
  var report: TrialRecord? { trial.report }
  var energy: Activity.Energy? { trial.process?.activity?.energy }

  /// The statistics of the trial, also of a warm-up.
  var measured: MeasuredTrial? { MeasuredTrial(counting: trial, of: configuration, in: run) }

  /// Returns a number with up to so many decimals.
  static func number(_ value: Double?, decimals: Int = 3) -> String? {
    value.flatMap { $0.isFinite ? Readable.fixed($0, decimals: decimals) : nil }
  }
}

/// Returns the reference of all columns of the CSV report as a Markdown table, for `results/README.md`.
public func csvColumnReference() -> String {
  func rows(_ group: CSVColumn.Group) -> [String] {
    CSVColumn.all.filter { $0.group == group }.map { "| \($0.title) | \($0.meaning) |\n" }
  }
  let groups: [(CSVColumn.Group, String)] = [
    (.all, "of every run"), (.arrays, "of `memory`"), (.servers, "of `serve`"), (.commands, "of commands"),
  ]
  return groups.map { group, name in "| column \(name) | meaning |\n| --- | --- |\n" + rows(group).joined() }
    .joined(separator: "\n")
}

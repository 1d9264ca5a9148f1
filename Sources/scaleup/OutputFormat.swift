import Arguments
import Harness
import Platform
import Records
import Report

/// The forms in which a run is printed.
enum OutputFormat: String, CaseIterable {
  case table
  case json
  case csv
  case markdown

  static let option = Option<String>(
    "format", "FORMAT", .word(of: allCases.map(\.rawValue)),
    help: "table, json, csv (a row a trial) or markdown (default table)")

  /// The form that was asked for.
  init(_ matches: Matches) {
    self = matches.value(of: Self.option).flatMap(OutputFormat.init) ?? .table
  }

  /// Whether programs read it; what people must know then goes to standard error.
  var isForMachines: Bool { self == .json || self == .csv }

  /// Runs in this form, one after the other, for standard output.
  func text(of runs: [RunRecord]) throws -> String {
    switch self {
    case .table: return runs.map { textReport(of: $0, style: Terminal.outputStyle) }.joined(separator: "\n")
    case .markdown: return runs.map(markdownReport).joined(separator: "\n")
    case .csv: return csvReport(of: runs)
    case .json: return try runs.map(RunEncoder.text).joined()
    }
  }
}

import Arguments
import Harness
import Platform
import Records
import Report

/// A format of printed runs.
enum OutputFormat: String, CaseIterable {
  case table
  case json
  case csv
  case markdown

  static let option = Option<OutputFormat>(
    "format", "FORMAT", .choice(of: allCases),
    help: "table, json, csv (a row per trial) or markdown (default: table)")

  /// Whether the output is for programs. Messages for people then go to standard error.
  var isForMachines: Bool { self == .json || self == .csv }

  /// Returns runs in this format, one after the other.
  func text(of runs: [RunRecord]) throws -> String {
    switch self {
    case .table: return runs.map { textReport(of: $0, style: Terminal.outputStyle) }.joined(separator: "\n")
    case .markdown: return runs.map(markdownReport).joined(separator: "\n")
    case .csv: return csvReport(of: runs)
    case .json: return try runs.map(RunEncoder.text).joined()
    }
  }
}

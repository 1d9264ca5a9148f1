import Arguments
import Formatting
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

  /// Asks for everything instead of the first screen.
  static let details = Flag(
    "details", help: "also print extremes, intervals, losses, outliers and scaling laws")

  /// Returns runs in this form, one after the other, for standard output.
  ///
  /// - Parameters:
  ///   - hasDetails: Whether tables show everything.
  ///   - path: The results file, for the hint at the end of the first screen.
  func text(of runs: [RunRecord], hasDetails: Bool, path: String? = nil) throws -> String {
    switch self {
    case .table:
      let (style, hint) = (Terminal.outputStyle, path.map(Self.hint))
      return runs.map {
        hasDetails ? runDetails(of: $0, style: style) : runSummary(of: $0, style: style, hint: hint)
      }
      .joined(separator: "\n")
    case .markdown: return runs.map(markdownReport).joined(separator: "\n")
    case .csv: return csvReport(of: runs)
    case .json: return try runs.map(RunEncoder.text).joined()
    }
  }

  private static func hint(_ path: String) -> String {
    "More: scaleup report \(Readable.line(path)) --details, or --html report.html"
  }
}

import Analysis
import Records

/// How a text is set.
public struct TextStyle: Equatable, Sendable {
  /// The most characters in a line; `nil` is no limit.
  public let width: Int?
  /// Whether headings are made bold with terminal codes.
  public let isBold: Bool

  /// Describes a style; without arguments, plain and as wide as it gets.
  public init(width: Int? = nil, isBold: Bool = false) {
    self.width = width
    self.isBold = isBold
  }

  func heading(_ text: String) -> String {
    isBold ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
}

/// A run as tables for a terminal, and one sentence. What failed comes first.
public func textReport(of run: RunRecord, style: TextStyle = TextStyle()) -> String {
  let analysis = RunAnalysis(run)
  var lines = failureLines(of: analysis)
  lines += [style.heading(heading(of: run))]
  for table in analysis.tables {
    lines += ["", style.heading(table.title)] + Table(table).lines(width: style.width)
    lines += table.notes
    if table.hasLosses {
      lines += ["", style.heading(table.lossTitle)] + table.lossTable.lines(width: style.width)
      lines += table.lossSentences
    }
  }
  lines += [""] + cautions(on: run, analysis) + verdict(on: run, analysis)
  return lines.map { $0 + "\n" }.joined()
}

/// What failed in a run, a line each; empty where nothing did.
public func failureReport(of run: RunRecord) -> String {
  failureLines(of: RunAnalysis(run)).map { $0 + "\n" }.joined()
}

/// A run in Markdown, for a pull request or a wiki. What failed comes first.
public func markdownReport(of run: RunRecord) -> String {
  let analysis = RunAnalysis(run)
  var lines = failureLines(of: analysis).flatMap { [markdownText($0), ""] }
  lines.append("**\(markdownText(heading(of: run)))**")
  for table in analysis.tables {
    lines += ["", "**\(markdownText(table.title))**", ""] + Table(table).markdown
    lines += table.notes.flatMap { ["", markdownText($0)] }
    if table.hasLosses {
      lines += ["", "**\(markdownText(table.lossTitle))**", ""] + table.lossTable.markdown
      lines += table.lossSentences.flatMap { ["", markdownText($0)] }
    }
  }
  lines += (cautions(on: run, analysis) + verdict(on: run, analysis)).flatMap { ["", markdownText($0)] }
  return lines.map { $0 + "\n" }.joined()
}

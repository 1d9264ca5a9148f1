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
  return failureText(analysis.failures) + Section.text(sections(of: run, analysis), style: style)
}

/// What failed in a run, a line each; empty where nothing did.
public func failureReport(of run: RunRecord) -> String {
  failureText(RunAnalysis.failures(of: run))
}

/// A run in Markdown, for a pull request or a wiki. What failed comes first.
public func markdownReport(of run: RunRecord) -> String {
  let analysis = RunAnalysis(run)
  return Section.markdown(
    failureLines(analysis.failures).map { Section(lines: [$0]) } + sections(of: run, analysis))
}

private func failureText(_ failures: [RunAnalysis.Failure]) -> String {
  failureLines(failures).map { $0 + "\n" }.joined()
}

private func sections(of run: RunRecord, _ analysis: RunAnalysis) -> [Section] {
  [Section(title: heading(of: run))] + analysis.workloads.flatMap(\.sections)
    + [Section(spreads: ComparisonRecord.HostSpread.all(in: analysis.measured))].compactMap(\.self)
    + [Section(lines: cautions(on: run, analysis) + verdict(on: analysis))]
}

extension WorkloadAnalysis {
  /// What was measured of a workload, where the core-time went, and which laws it follows.
  fileprivate var sections: [Section] {
    [measuredSection] + [hostSection, lossSection, lawSection].compactMap(\.self)
  }

  /// What was measured.
  var measuredSection: Section {
    Section(title: title, table: Table(self), lines: notes + outlierSentences)
  }
}

import Analysis
import Formatting
import Records

/// Returns the first screen of a run: the machine, the answer, and a table per workload. Failures come first.
///
/// - Parameter hint: A last line that says where more is to be found.
public func runSummary(of run: RunRecord, style: TextStyle = TextStyle(), hint: String? = nil) -> String {
  let analysis = RunAnalysis(run)
  let narrow = TextStyle(width: style.width ?? 80, isBold: style.isBold)
  var sections = [
    Section(title: heading(of: run)), Section(lines: answer(of: analysis)),
  ]
  let warnings = warnings(about: run, analysis)
  if !warnings.isEmpty { sections.append(Section(lines: warnings)) }
  let tables = analysis.workloads.map { $0.summary(style: narrow) }
  let operations = operationSection(of: analysis).map { [Section.text([$0], style: narrow)] } ?? []
  let hint = hint.map { [Section.text([Section(lines: [$0])], style: narrow)] } ?? []
  let failures = failureLines(analysis.failures).flatMap(style.wrapped).map { $0 + "\n" }.joined()
  return failures
    + ([Section.text(sections, style: narrow)] + tables + operations + hint).joined(separator: "\n")
}

/// Returns everything about a run for a terminal. Failures come first.
public func runDetails(of run: RunRecord, style: TextStyle = TextStyle()) -> String {
  let analysis = RunAnalysis(run)
  let sections = [
    opening(run, analysis), analysis.workloads.flatMap(\.detailSections),
    [operationSection(of: analysis)].compactMap(\.self), closing(run, analysis),
  ]
  return failureText(analysis.failures) + Section.text(sections.flatMap(\.self), style: style)
}

/// Returns everything about a run in Markdown, for a pull request or a wiki. Failures come first.
public func markdownReport(of run: RunRecord) -> String {
  let analysis = RunAnalysis(run)
  let failures = failureLines(analysis.failures).map { Section(lines: [$0]) }
  let workloads = analysis.workloads.flatMap { [$0.measuredSection] + $0.analysisSections }
  let operations = [operationSection(of: analysis)].compactMap(\.self)
  return Section.markdown(failures + opening(run, analysis) + workloads + operations + closing(run, analysis))
}

/// Returns the failures of a run, a line each; empty if there are none.
public func failureReport(of run: RunRecord) -> String {
  failureText(RunAnalysis.failures(of: run))
}

private func failureText(_ failures: [RunAnalysis.Failure]) -> String {
  failureLines(failures).map { $0 + "\n" }.joined()
}

private func opening(_ run: RunRecord, _ analysis: RunAnalysis) -> [Section] {
  let sentences = answer(of: analysis) + furtherAnswers(of: analysis)
  return [Section(title: heading(of: run)), Section(lines: sentences)]
}

private func closing(_ run: RunRecord, _ analysis: RunAnalysis) -> [Section] {
  let spreads = Section(spreads: ComparisonRecord.HostSpread.all(in: analysis.measured))
  let cautions = cautions(on: run, analysis) + energySentences(about: run)
  return [spreads].compactMap(\.self) + (cautions.isEmpty ? [] : [Section(lines: cautions)])
}

extension WorkloadAnalysis {
  /// Everything that was measured, in one wide table.
  var measuredSection: Section {
    Section(
      title: title, table: Table(self, groups: [.name, .standard, .spread, .resources]),
      lines: notes + outlierSentences)
  }

  /// The core time that was lost, the laws, and the machines of a launcher.
  var analysisSections: [Section] { [hostSection, lossSection, lawSection].compactMap(\.self) }

  /// The tables for a terminal, each narrow enough for most.
  fileprivate var detailSections: [Section] {
    let spread = Table(self, groups: [.name, .spread])
    let hasSpread = spread.columns.count > Table(self, groups: [.name]).columns.count
    return [
      Section(title: title, table: Table(self, groups: [.name, .standard]), lines: notes),
      hasSpread
        ? Section(title: "extremes and 95 % intervals of \(Readable.line(workload))", table: spread) : nil,
      Section(
        title: "trials, cores and balance of \(Readable.line(workload))",
        table: Table(self, groups: [.name, .resources]), lines: outlierSentences),
    ].compactMap(\.self) + analysisSections
  }

  /// The table of the first screen: the standard columns, a bar of the utilization, and further columns in order of worth
  /// as the terminal is wide enough.
  func summary(style: TextStyle) -> String {
    let width = style.width ?? 80
    let all = Table(self, groups: [.name, .standard, .spread, .resources])
    let standard = Table(self, groups: [.name, .standard])
    var table = all.fitted(to: width - UtilizationBar.width - 2)
    if table.columns.count < standard.columns.count { table = all.fitted(to: width) }
    var lines = table.lines(width: nil)
    let room = min(UtilizationBar.width, width - 2 - (lines.map(\.count).max() ?? 0))
    if room >= UtilizationBar.least, table.columns.contains(where: { $0.title == "utilization" }) {
      let bars =
        [""]
        + rows.map { row in
          let share = row.median(of: \.utilization).map { min(max($0, 0), 1) } ?? 0
          return barText(length: share * Double(room))
        }
      lines = zip(lines, bars).map { $1.isEmpty ? $0 : "\($0)  \($1)" }
    }
    let head = style.wrapped(title).map(style.heading)
    return (head + lines + notes.flatMap(style.wrapped)).map { $0 + "\n" }.joined()
  }
}

/// The widths of the utilization bar in characters.
private enum UtilizationBar {
  static let width = 8
  static let least = 3
}

import Formatting
import Records

/// How runs compare, as tables for a terminal and sentences: first how the machines differ and what cannot be compared,
/// then what every core together gains, what has changed, and what the gates say.
public func comparisonReport(of comparison: ComparisonRecord, style: TextStyle = TextStyle()) -> String {
  Section.text(comparison.sections, style: style)
}

/// The same in Markdown, for a pull request or a wiki.
public func comparisonMarkdown(of comparison: ComparisonRecord) -> String {
  Section.markdown(comparison.sections)
}

/// What the gates say, a line each; empty without gates.
public func gateReport(of comparison: ComparisonRecord) -> String {
  comparison.gateSentences.map { $0 + "\n" }.joined()
}

extension ComparisonRecord {
  fileprivate var sections: [Section] {
    var sections = [Section(title: comparedTitle, table: runTable)]
    sections.append(Section(title: "how the machines differ", table: differenceTable, lines: differenceNotes))
    if !refusals.isEmpty { sections.append(Section(lines: refusals.map { Readable.line($0) })) }
    if !gains.isEmpty {
      sections.append(
        Section(
          title: "what is gained with every core in use: per core × cores × efficiency", table: gainTable))
    }
    if gains.contains(where: { $0.workForMoney != nil }) {
      sections.append(Section(title: "work for a unit of money", table: moneyTable))
    }
    sections += [Section(spreads: spreads ?? [], names: runs.map(\.name))].compactMap(\.self)
    if !changes.isEmpty {
      sections.append(
        Section(title: changeTitle, table: changeTable, lines: changeNotes))
    }
    sections += zip(gates, gateSentences).map { Section(title: $1, table: findingTable(of: $0)) }
    return verdicts.isEmpty ? sections : sections + [Section(lines: verdicts)]
  }
}

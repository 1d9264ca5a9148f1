import Formatting
import Records

/// Returns a comparison for a terminal: what is compared, the answer, and a table per workload; with details also how
/// the machines differ and what is gained.
public func comparisonText(
  of comparison: ComparisonRecord, hasDetails: Bool, style: TextStyle = TextStyle()
) -> String {
  let narrow = hasDetails ? style : TextStyle(width: style.width ?? 80, isBold: style.isBold)
  return Section.text(
    comparison.opening + (hasDetails ? comparison.details : []) + comparison.changeSections
      + comparison.gateSections, style: narrow)
}

/// Returns a comparison with all details in Markdown, for a pull request or a wiki.
public func comparisonMarkdown(of comparison: ComparisonRecord) -> String {
  Section.markdown(
    comparison.opening + comparison.details + comparison.changeSections + comparison.gateSections)
}

/// Returns the answers of the gates, a line each; empty without gates.
public func gateReport(of comparison: ComparisonRecord) -> String {
  comparison.gateSentences.map { $0 + "\n" }.joined()
}

extension ComparisonRecord {
  /// The runs, the answer, and what cannot be compared.
  fileprivate var opening: [Section] {
    let warnings = differenceNotes + refusals.map { Readable.line($0) } + changeNotes
    return [Section(title: comparedTitle, table: runTable)]
      + [verdicts, warnings].filter { !$0.isEmpty }.map { Section(lines: $0) }
  }

  /// The differences of the machines, and the gain with every core in use.
  fileprivate var details: [Section] {
    var sections: [Section] = []
    if let differenceTable {
      sections.append(Section(title: "differences of the machines", table: differenceTable))
    }
    return sections + gainSections
  }

  /// The gain with every core in use, the work for money, and the cost of several machines.
  var gainSections: [Section] {
    var sections: [Section] = []
    if !gains.isEmpty {
      sections.append(
        Section(
          title: gains.contains { $0.smt != nil }
            ? "gain with every core in use: per-core ratio × core ratio × SMT ratio × efficiency ratio"
            : "gain with every core in use: per-core ratio × core ratio × efficiency ratio",
          table: gainTable,
          narrowTable: narrowGainTable))
    }
    if gains.contains(where: { $0.workForMoney != nil }) {
      sections.append(Section(title: "work per unit of money", table: moneyTable))
    }
    return sections + [Section(spreads: spreads ?? [], names: runs.map(\.name))].compactMap(\.self)
  }

  fileprivate var gateSections: [Section] {
    zip(gates, gateSentences).map { Section(title: $1, table: findingTable(of: $0)) }
  }
}

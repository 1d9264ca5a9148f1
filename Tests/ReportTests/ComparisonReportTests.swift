import Analysis
import Records
import Report
import Testing

struct ComparisonReportTests {
  private static let tame = syntheticComparison(gates: [
    Gate(.time, limit: 0.03), Gate(.efficiency, limit: 0.05), Gate(.utilization, limit: 0.025),
  ])

  @Test("the comparison matches its golden files as text, in 60 columns and as Markdown")
  func golden() throws {
    let comparison = Self.tame
    try compare(comparisonText(of: comparison, hasDetails: true), "comparison.txt")
    try compare(
      comparisonText(of: comparison, hasDetails: true, style: TextStyle(width: 60, isBold: true)),
      "comparison60.txt")
    try compare(comparisonMarkdown(of: comparison), "comparison.md")
  }

  @Test("prices and gates are absent unless given")
  func plain() {
    let report = comparisonText(of: syntheticComparison(prices: nil), hasDetails: true)
    #expect(!report.contains("per hour") && !report.contains("money") && !report.contains("gate "))
    #expect(report.contains("With every core in use, B is "))
  }

  @Test("a run compared with itself shows no difference of machines and no gain")
  func same() throws {
    let run = syntheticRun
    let comparison = ComparisonRecord([[run], [run]], ["A", "B"].map { .init(run, name: $0) })
    let report = comparisonText(of: comparison, hasDetails: true)
    #expect(report.contains("\nThe machines do not differ in any known fact.\n"))
    #expect(!report.contains("faster") && !report.contains("slower"))
    #expect(report.contains("fewer than five trials"))
  }

  @Test("another priority and other limits are differences, unless a run did not record them")
  func surroundings() {
    var comparison = Self.tame
    comparison.runs[1].passport.priority = .init(nice: 10, policy: "other")
    comparison.runs[1].passport.limits = .init(stack: 8 << 20)
    #expect(!comparisonText(of: comparison, hasDetails: true).contains("priority"))
    comparison.runs[0].passport.priority = .init(nice: 0, policy: "other")
    comparison.runs[0].passport.limits = .init(stack: 1 << 20)
    let report = comparisonText(of: comparison, hasDetails: true)
    #expect(report.contains("priority, limits"))
    #expect(report.contains("nice level 10, scheduling policy other") && report.contains("stack 1024 KiB"))
  }

  @Test("processors of one name are told apart by their model and vector sets")
  func processorsOfOneName() {
    var comparison = Self.tame
    for position in comparison.runs.indices { comparison.runs[position].passport.processor = "AMD EPYC" }
    comparison.runs[0].passport.processorDetails = .init(
      family: "25", model: "1", vectorSets: ["avx", "avx2"])
    #expect(!comparisonText(of: comparison, hasDetails: true).contains("processor ID"))
    comparison.runs[1].passport.processorDetails = .init(
      family: "25", model: "17", vectorSets: ["avx", "avx2", "avx512f"])
    let report = comparisonText(of: comparison, hasDetails: true)
    #expect(report.contains("processor ID, vector sets"))
    #expect(report.contains("family 25, model 17") && report.contains("avx avx2 avx512f"))
  }

  @Test("every row of a comparison of three runs names its run")
  func several() {
    let run = syntheticRun
    let comparison = ComparisonRecord([[run], [run], [run]], ["A", "B", "C"].map { .init(run, name: $0) })
    let report = comparisonText(of: comparison, hasDetails: true)
    #expect(report.hasPrefix("B, C compared with A, the baseline\n"))
    let rows = report.split(separator: "\n").filter { $0.contains(" 1.000") }
    #expect(rows.contains { $0.hasPrefix("B ") } && rows.contains { $0.hasPrefix("C ") })
    #expect(
      report.contains("With every core in use, B is 1.000 ")
        && report.contains("With every core in use, C is 1.000 "))
  }

  @Test("foreign names are plain text in a terminal and in Markdown", arguments: hostileNames)
  func hostile(name: String) {
    var comparison = Self.tame
    comparison.runs[1].host = name
    for position in comparison.changes.indices { comparison.changes[position].configuration.model = name }
    for position in comparison.gains.indices { comparison.gains[position].configuration.workload = name }
    for gate in comparison.gates.indices {
      for finding in comparison.gates[gate].findings.indices {
        comparison.gates[gate].findings[finding].configuration.model = name
      }
    }
    comparison.refusals.append(name)
    comparison.runs[1].passport.processor = name
    comparison.runs[1].version = name
    let text = comparisonText(of: comparison, hasDetails: true)
    #expect(isHarmlessOnTerminal(text))
    #expect(isHarmlessOnTerminal(gateReport(of: comparison)))
    let markdown = comparisonMarkdown(of: comparison)
    #expect(isHarmlessOnTerminal(markdown))
    let added =
      markdown.split(separator: "\n").count - comparisonMarkdown(of: Self.tame).split(separator: "\n").count
    #expect((0...8).contains(added))
    if name == "<script>alert(1)</script>" { #expect(!markdown.contains("<script>")) }
  }
}

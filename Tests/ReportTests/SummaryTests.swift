import Analysis
import Records
import Testing

@testable import Report

/// The first screen of a run, and what the details add.
struct SummaryTests {
  private static let runs = [
    syntheticRun, syntheticPeerRun, syntheticScalingRun, SeveralMachinesTests.run,
  ]
  private static let widths = [60, 80, 100, 140]

  private func lines(_ run: RunRecord, width: Int?) -> [Substring] {
    runSummary(of: run, style: TextStyle(width: width)).split(separator: "\n")
  }

  /// Whether a line belongs to a table: sentences have single spaces.
  private func isRow(_ line: Substring) -> Bool { line.contains("  ") }

  /// The number of columns of a workload's table.
  private func columns(_ workload: WorkloadAnalysis, width: Int) -> Int {
    let table = workload.summary(style: TextStyle(width: width)).split(separator: "\n")
    let header = table.first { $0.hasPrefix("model ") } ?? ""
    return ReportColumn.all.count { " \(header) ".contains(" \($0.title) ") }
  }

  @Test(
    "no line of the first screen is wider than the terminal, but failures have one line each",
    arguments: SummaryTests.runs.indices)
  func fits(index: Int) {
    let run = Self.runs[index]
    for width in Self.widths {
      for line in lines(run, width: width) where !line.hasPrefix("FAILED: ") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }

  @Test(
    "sentences of the first screen have the same whole words at every width",
    arguments: SummaryTests.runs.indices)
  func words(index: Int) {
    let run = Self.runs[index]
    func words(_ width: Int?) -> [Substring] {
      lines(run, width: width).filter { !isRow($0) }.flatMap { $0.split(separator: " ") }
    }
    for width in Self.widths { #expect(words(width) == words(1000)) }
  }

  @Test(
    "80 columns show every standard column that has a value, but beside machines and ranks no precision",
    arguments: SummaryTests.runs.indices)
  func standard(index: Int) throws {
    for workload in RunAnalysis(Self.runs[index]).workloads {
      let most = workload.rows.allSatisfy(\.hosts.isEmpty) ? 3 : 2
      let standard = ReportColumn.all.filter {
        [.name, .standard].contains($0.group) && $0.rank <= most && hasCell($0, workload)
      }
      for style in [TextStyle(), TextStyle(width: 80)] {
        let header = workload.summary(style: style).split(separator: "\n").first { $0.hasPrefix("model ") }
        let titles = try #require(header).split(separator: " ").map(String.init)
        #expect(titles == standard.map(\.title) && titles.last == "utilization")
      }
    }
  }

  @Test(
    "a wider terminal shows more columns, never fewer, and at last every one that has a value",
    arguments: SummaryTests.runs.indices)
  func monotonic(index: Int) {
    for workload in RunAnalysis(Self.runs[index]).workloads {
      let counts = (1...240).map { columns(workload, width: $0) }
      #expect(counts == counts.sorted())
      #expect(counts[0] == ReportColumn.all.count { $0.rank == 0 && hasCell($0, workload) })
      #expect(counts[239] == ReportColumn.all.count { hasCell($0, workload) })
    }
  }

  @Test("the answer has one to six sentences, at the top", arguments: SummaryTests.runs.indices)
  func sentences(index: Int) {
    let run = Self.runs[index]
    let sentences = answer(of: RunAnalysis(run))
    #expect((1...6).contains(sentences.count))
    for sentence in sentences { #expect(sentence.hasSuffix(".") && !sentence.contains(". ")) }
    let text = lines(run, width: 1000).drop { $0.hasPrefix("FAILED: ") }
    #expect(text.dropFirst().prefix(sentences.count).map(String.init) == sentences)
  }

  @Test("the details have every column that has a value in some row", arguments: SummaryTests.runs.indices)
  func details(index: Int) {
    let run = Self.runs[index]
    let headers = runDetails(of: run).split(separator: "\n").filter { $0.hasPrefix("model ") }
    let analysis = RunAnalysis(run)
    for column in ReportColumn.all {
      let isShown = headers.contains { "  \($0)  ".contains("  \(column.title)  ") }
      #expect(isShown == analysis.workloads.contains { hasCell(column, $0) }, "\(column.title)")
    }
  }

  @Test(
    "the bar is as long as the utilization, full at more than 100 %, and shorter with less room",
    arguments: SummaryTests.runs.indices)
  func bars(index: Int) throws {
    var overused = Self.runs[index]
    overused.passport.effectiveCPUs = 1
    let workloads = [Self.runs[index], overused].flatMap { RunAnalysis($0).workloads }
    for workload in workloads {
      let rooms = try (50...240).map { try checkBars(workload, width: $0) }
      #expect(Set(rooms) == [0, 3, 4, 5, 6, 7, 8])
    }
  }

  /// Checks the bars of a table and returns the length of a full one, which depends on the room beside the table.
  private func checkBars(_ workload: WorkloadAnalysis, width: Int) throws -> Int {
    let table = workload.summary(style: TextStyle(width: width)).split(separator: "\n")
    let header = try #require(table.first { $0.hasPrefix("model ") })
    let free = width - 2 - header.count
    let room = " \(header) ".contains(" utilization ") && free >= 3 ? min(8, free) : 0
    let rows = table.filter { isRow($0) && $0 != header }
    try #require(rows.count == workload.rows.count)
    for (line, row) in zip(rows, workload.rows) {
      // A peer that reports no shares has no bar.
      let utilization = row.median(of: \.utilization) ?? 0
      #expect(abs(eighths(line) - Double(8 * room) * min(1, utilization)) <= 0.5, "\(line)")
    }
    return room
  }

  private func hasCell(_ column: ReportColumn, _ workload: WorkloadAnalysis) -> Bool {
    workload.rows.contains { column.cell($0, workload) != nil }
  }

  /// The length of the bar at the end of a line, in eighths of a character.
  private func eighths(_ line: Substring) -> Double {
    let parts: [Character: Double] = [
      "█": 8, "▉": 7, "▊": 6, "▋": 5, "▌": 4, "▍": 3, "▎": 2, "▏": 1,
    ]
    return line.reduce(0) { $0 + (parts[$1] ?? 0) }
  }
}

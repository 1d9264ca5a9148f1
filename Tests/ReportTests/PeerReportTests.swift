import Records
import Testing

@testable import Report

struct PeerReportTests {
  /// The synthetic run of peers with names from outside for all but single.
  private func hostilePeers(_ name: String) -> RunRecord {
    var run = syntheticPeerRun
    for position in run.plan.configurations.indices where run.plan.configurations[position].isPeer == true {
      run.plan.configurations[position].model = name
    }
    for position in run.plan.configurations.indices where run.plan.configurations[position].schedule != nil {
      run.plan.configurations[position].schedule = name
    }
    for position in run.plan.configurations.indices where run.plan.configurations[position].kernel == "simd" {
      run.plan.configurations[position].kernel = name + "simd"
    }
    return run
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("every mark has a note, one line per model")
  func notes() {
    let report = lines(runDetails(of: syntheticPeerRun))
    #expect(report.filter { $0.hasPrefix("~ ") }.count == 2)
    #expect(
      report.contains(
        "~ node computed 2000000001067860000 instead of 2000000001000000000, a relative error of 3.4·10^-11"))
    #expect(
      report.filter { $0.hasPrefix("* ") } == [
        "* N is 2·10^7 for python, 10^8 for slow-node; speedups compare rates"
      ])
    for row in ["node~ ", "python* ", "slow-node~* ", "openmp "] {
      #expect(report.contains { $0.hasPrefix(row) }, "\(row)")
    }
    #expect(!runDetails(of: syntheticRun).contains("~") && !runDetails(of: syntheticRun).contains("* "))
  }

  @Test("Markdown has the same notes with escaped marks")
  func markdownNotes() {
    let report = lines(markdownReport(of: syntheticPeerRun))
    #expect(report.filter { $0.hasPrefix("\\~ ") }.count == 2)
    #expect(report.filter { $0.hasPrefix("\\* ") }.count == 1)
    #expect(report.contains { $0.hasPrefix("| slow-node\\~\\* | ") })
  }

  @Test("foreign names are one line in tables and notes", arguments: hostileNames)
  func hostile(name: String) {
    let (report, tame) = (runDetails(of: hostilePeers(name)), runDetails(of: hostilePeers("tame")))
    #expect(isHarmlessOnTerminal(report))
    #expect(report.unicodeScalars.count { $0 == "\n" } == tame.unicodeScalars.count { $0 == "\n" })
    let (markdown, tameMarkdown) = (
      markdownReport(of: hostilePeers(name)), markdownReport(of: hostilePeers("tame"))
    )
    #expect(isHarmlessOnTerminal(markdown))
    #expect(markdown.unicodeScalars.count { $0 == "\n" } == tameMarkdown.unicodeScalars.count { $0 == "\n" })
    // No name makes a cell of its own.
    #expect(bars(markdown) == bars(tameMarkdown))
  }

  /// The bars in each line that separate cells.
  private func bars(_ markdown: String) -> [Int] {
    lines(markdown).map { line in
      var (count, isEscaped) = (0, false)
      for scalar in line.unicodeScalars {
        if scalar == "|" && !isEscaped { count += 1 }
        isEscaped = !isEscaped && scalar == "\\"
      }
      return count
    }
  }

  @Test("columns without a value in any row are left out")
  func columns() {
    func titles(_ run: RunRecord) -> Set<Substring> {
      Set(lines(runDetails(of: run)).filter { $0.hasPrefix("model ") }.flatMap { $0.split(separator: " ") })
    }
    let all: Set<Substring> = ["over", "scalar", "first", "region"]
    #expect(titles(syntheticPeerRun).isSuperset(of: all))
    #expect(titles(syntheticRun).isDisjoint(with: all))
  }

  @Test(
    "a kernel is named beside the model if rows differ in it, and otherwise in the title unless it is scalar")
  func kernels() {
    let several = lines(runDetails(of: syntheticPeerRun))
    #expect(several.contains("sum 0…2·10^9, 2 trials"))
    for row in ["single  ", "single simd  ", "threads simd  ", "openmp  ", "openmp simd  "] {
      #expect(several.contains { $0.hasPrefix(row) }, "\(row)")
    }
    var run = syntheticRun
    #expect(lines(runDetails(of: run)).contains("sum 0…2·10^9, up to 3 trials"))
    for place in run.plan.configurations.indices { run.plan.configurations[place].kernel = "simd" }
    let single = lines(runDetails(of: run))
    #expect(single.contains("sum 0…2·10^9, simd kernel, up to 3 trials"))
    #expect(!single.contains { $0.hasPrefix("fork simd") })
  }

  @Test("a schedule is named beside the model, with its grain")
  func schedules() throws {
    let report = lines(runDetails(of: syntheticPeerRun))
    let rows = report.drop { $0 != "sum 0…2·10^9, 2 trials" }.dropFirst(2).map { $0.split(separator: " ") }
    #expect(
      rows.prefix(4).map { $0.prefix { Int($0) == nil } } == [
        ["single"], ["threads", "dynamic", "10^6"], ["threads", "dynamic", "10^6"], ["threads", "guided"],
      ])
  }

  @Test("CSV has the schedule, grain and repetitions of every trial")
  func csv() throws {
    let records = try CSVParser.records(csvReport(of: [syntheticPeerRun]))
    let titles = try #require(records.first)
    let places = try ["model", "schedule", "grain", "repetitions"].map {
      try #require(titles.firstIndex(of: $0))
    }
    let rows = records.dropFirst().map { record in places.map { record[$0] } }
    #expect(rows.count == 22)
    #expect(
      Array(rows.prefix(5)) == [
        ["single", "", "", ""], ["threads", "dynamic", "1000000", "3"],
        ["threads", "dynamic", "1000000", "3"],
        ["threads", "guided", "", "3"], ["openmp", "", "", ""],
      ])
  }
}

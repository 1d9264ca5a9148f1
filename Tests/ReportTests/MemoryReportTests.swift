import Analysis
import Records
import Testing

@testable import Report

struct MemoryReportTests {
  @Test("memory matches its golden files as text, in 80 columns and as CSV")
  func golden() throws {
    try compare(runDetails(of: syntheticMemoryRun), "memory.txt")
    try compare(runSummary(of: syntheticMemoryRun, style: TextStyle(width: 80)), "memory80.txt")
    try compare(csvReport(of: [syntheticMemoryRun]), "memory.csv")
  }

  @Test("the title names the cache that the arrays fit in, and a note the one that they partly fit in")
  func places() {
    func summary(size: UInt64) -> String {
      var run = syntheticMemoryRun
      for position in run.plan.configurations.indices { run.plan.configurations[position].size = size }
      return runSummary(of: run)
    }
    #expect(summary(size: 16384).contains("memory triad, 3 arrays of 16 kB (fit in L1), simd kernel"))
    #expect(summary(size: 1 << 20).contains("(fit in L3)"))
    #expect(summary(size: 64 << 20).contains("The arrays are less than 4 times the L3 caches"))
    #expect(!summary(size: 128 << 20).contains("The arrays are less"))
  }

  @Test("one operation has no table of operations")
  func oneOperation() {
    var run = syntheticMemoryRun
    run.plan.configurations.removeFirst(3)
    run.trials = run.trials.filter { $0.configuration >= 3 }.map { trial in
      var trial = trial
      trial.configuration -= 3
      return trial
    }
    #expect(!runSummary(of: run).contains("by operation"))
    #expect(runSummary(of: run).contains("The second core adds 13"))
  }

  @Test("a comparison has a sentence per kind of work")
  func comparison() {
    var run = syntheticRun
    let shift = run.plan.configurations.count
    run.plan.configurations += syntheticMemoryRun.plan.configurations
    run.trials += syntheticMemoryRun.trials.map { trial in
      var trial = trial
      trial.configuration += shift
      return trial
    }
    run.passport.effectiveCPUs = 4
    for position in run.plan.configurations.indices where run.plan.configurations[position].workers == 2 {
      run.plan.configurations[position].workers = 4
    }
    let comparison = ComparisonRecord([[run], [run]], [.init(run, name: "A"), .init(run, name: "B")])
    let text = comparisonText(of: comparison, hasDetails: true)
    #expect(text.contains("on sum with") && text.contains("on memory triad with threads"))
    #expect(text.contains("memory triad: ratio to A"))
  }

  @Test("the picture of a roofline fits its width and shows its programs", arguments: [20, 40, 80])
  func roofline(width: Int) {
    let lines = TextRoofline(
      bandwidth: 60e9, most: 30e9,
      [
        .init("triad", operationsPerByte: 1 / 12, rate: 5e9),
        .init("sum", operationsPerByte: nil, rate: 30e9),
      ]
    ).lines(width: width)
    #expect(lines.suffix(2).map(\.first) == ["A", "B"])
    if width >= 30 {
      #expect(lines.dropLast(2).allSatisfy { $0.count <= max(width, 60) })
      #expect(lines.dropLast(2).contains { $0.contains("A") && $0.contains("╱") || $0.contains("A") })
      #expect(lines[0].hasSuffix("B") && lines[0].contains("─"))
    }
  }
}

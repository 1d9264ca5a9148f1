import Analysis
import Records
import Report
import Testing

struct ScalingReportTests {
  private func lines(_ run: RunRecord) -> [String] {
    runDetails(of: run).split(separator: "\n").map(String.init)
  }

  /// The synthetic run in which the time of every region is changed.
  private func changed(_ change: (Configuration, _ round: Int, _ time: Double) -> Double) -> RunRecord {
    var run = syntheticScalingRun
    for place in run.trials.indices {
      let trial = run.trials[place]
      guard let report = trial.report else { continue }
      let configuration = run.plan.configurations[trial.configuration]
      let time = change(configuration, trial.round, Double(report.region))
      run.trials[place].report?.region = UInt64(time)
    }
    return run
  }

  private func line(_ run: RunRecord, beginning: String) -> String? {
    lines(run).first { $0.hasPrefix(beginning) }
  }

  @Test("every row but single's has an interval, and fewer than five rounds have no column for it")
  func intervalColumns() throws {
    let table = lines(syntheticScalingRun).drop { !$0.contains("speedup 95 %") }.dropFirst().prefix(10)
    #expect(table.count { $0.contains("–") } == 9)
    #expect(try #require(table.first).hasPrefix("single") && !(try #require(table.first).contains("–")))
    #expect(markdownReport(of: syntheticScalingRun).contains("speedup 95 %"))
    var short = syntheticScalingRun
    short.trials.removeAll { $0.round > 3 }
    #expect(!runDetails(of: short).contains("speedup 95 %") && !runDetails(of: short).contains("1.00–1.00"))
    #expect(!markdownReport(of: short).contains("speedup 95 %"))
  }

  @Test("few outliers are listed one by one, and many are counted")
  func outliers() {
    let one = "Outliers (kept): fork 2 round 3 (1.40× the median)."
    #expect(line(syntheticScalingRun, beginning: "Outliers") == one)
    #expect(markdownReport(of: syntheticScalingRun).contains("\n\n\(one)\n"))
    let many = changed { configuration, round, time in
      configuration.upTo != nil && round == 5 && configuration.workers != 4 ? time * 3 : time
    }
    #expect(
      line(many, beginning: "Outliers")
        == "Outliers (kept): single 1 (1 of 7), fork 1 (1 of 7), fork 2 (2 of 7), fork 8 (1 of 7), "
        + "fork 16 (1 of 7), threads 1 (1 of 6), threads 2 (1 of 7), threads 8 (1 of 7).")
    let none = changed { $0.model == "fork" && $0.workers == 2 && $1 == 3 ? $2 / 1.4 : $2 }
    #expect(line(none, beginning: "Outliers") == nil)
  }

  @Test("drift is reported if the machine significantly slowed down or sped up")
  func drift() throws {
    let slower = try #require(line(syntheticScalingRun, beginning: "The machine got"))
    #expect(slower.hasPrefix("The machine got slower during the run: times changed by 3.0 % from "))
    let faster = try #require(
      line(changed { $2 / (1 + 0.03 * Double($1)) }, beginning: "The machine got"))
    #expect(faster.hasPrefix("The machine got faster during the run: times changed by "))
    let steady = changed { $2 / (1 + 0.005 * Double($1)) * ($1.isMultiple(of: 2) ? 1.01 : 1) }
    #expect(line(steady, beginning: "The machine got") == nil)
  }

  @Test("models tied with the fastest are named, with their workers if these differ")
  func asFast() throws {
    func verdict(_ factors: [Int: Double]) throws -> String {
      let run = changed { configuration, round, time in
        guard configuration.model == "fork", let factor = factors[configuration.workers] else { return time }
        return time * factor * (round.isMultiple(of: 2) ? 1.02 : 0.98)
      }
      return try #require(lines(run).first { $0.contains(" is fastest") })
    }
    #expect(try verdict([:]) == "threads is fastest.")
    #expect(try verdict([8: 0.975]) == "threads is fastest; fork is statistically tied with it.")
    #expect(
      try verdict([8: 9, 16: 0.975])
        == "threads is fastest; fork with 16 workers is statistically tied with it.")
  }

  @Test("the trend of the serial fraction is explained, once for models that are alike")
  func serialFractions() throws {
    func sentence(_ beginning: String, _ fraction: @escaping (Double) -> Double) throws -> String {
      let run = changed { configuration, round, time in
        let p = Double(min(configuration.workers, 8))
        guard configuration.upTo != nil, configuration.model != "single" else { return time }
        return 6e8 * (fraction(p) * (1 - 1 / p) + 1 / p) * (1 + 0.005 * Double(round))
      }
      return try #require(line(run, beginning: "The serial fraction \(beginning)"))
    }
    #expect(try sentence("falls") { 0.2 / $0 }.contains(" fork (0.10"))
    #expect(try sentence("falls") { 0.2 / $0 }.contains(", threads (0.10"))
    #expect(try sentence("is indistinguishable from zero") { _ in 0 }.contains(" fork ("))
    #expect(try sentence("shows no trend") { _ in 0.1 }.contains(", threads ("))
    #expect(try sentence("grows") { 0.01 * $0 }.contains("not serial code"))
  }

  @Test(
    "laws are refused in one sentence if no model has enough worker counts, and one by one otherwise"
  )
  func refusals() {
    var two = syntheticScalingRun
    two.trials.removeAll { [2, 4].contains(two.plan.configurations[$0.configuration].workers) }
    let shortage =
      "No scaling laws for sum and stress: a law needs at least 3 worker counts up to the effective CPUs, "
      + "and at most 2 were measured."
    #expect(lines(two).filter { $0.contains("fitted") || $0.contains("scaling law") } == [shortage])
    var three = syntheticScalingRun
    three.trials.removeAll {
      let configuration = three.plan.configurations[$0.configuration]
      return configuration.model == "threads" && configuration.workers == 2 || configuration.upTo == nil
    }
    let refused = lines(three).filter { $0.contains("fitted") }
    #expect(
      refused.count == 1
        && refused[0].hasPrefix("Not fitted to threads: The universal scalability law needs "))
    var lone = syntheticScalingRun
    lone.trials.removeAll { ![8].contains(lone.plan.configurations[$0.configuration].workers) }
    #expect(!runDetails(of: lone).contains("fitted") && !runDetails(of: lone).contains("scaling laws"))
  }

  @Test("foreign names are one line in every sentence", arguments: hostileNames)
  func hostile(name: String) {
    func renamed(_ name: String) -> RunRecord {
      var run = syntheticScalingRun
      for place in run.plan.configurations.indices {
        let configuration = run.plan.configurations[place]
        if configuration.workload == "sum" { run.plan.configurations[place].workload = name }
        if configuration.model == "threads" { run.plan.configurations[place].schedule = name }
        if configuration.model == "fork" { run.plan.configurations[place].model = name }
      }
      return run
    }
    let pairs = [(renamed(name), renamed("tame"))].flatMap { hostile, tame in
      [
        (runDetails(of: hostile), runDetails(of: tame)),
        (markdownReport(of: hostile), markdownReport(of: tame)),
      ]
    }
    for (hostile, tame) in pairs {
      #expect(isHarmlessOnTerminal(hostile))
      #expect(hostile.unicodeScalars.count { $0 == "\n" } == tame.unicodeScalars.count { $0 == "\n" })
    }
  }
}

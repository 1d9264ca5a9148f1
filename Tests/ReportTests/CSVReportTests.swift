import Formatting
import Records
import Report
import Testing

@Suite("Comma-separated values")
struct CSVReportTests {
  /// The rows as dictionaries by title.
  private func rows(_ run: RunRecord) throws -> [[String: String]] {
    let records = try CSVParser.records(csvReport(of: [run]))
    let titles = try #require(records.first)
    #expect(Set(titles).count == titles.count)
    return try records.dropFirst().map { record in
      try #require(record.count == titles.count)
      return Dictionary(zip(titles, record)) { first, _ in first }
    }
  }

  @Test("have one row a trial, in the order in which they were tried, with what was measured")
  func roundTrip() throws {
    let rows = try rows(syntheticRun)
    try #require(rows.count == syntheticRun.trials.count)
    for (row, trial) in zip(rows, syntheticRun.trials) {
      let configuration = syntheticRun.plan.configurations[trial.configuration]
      let expected = [
        "host": "bench-1", "workload": configuration.workload, "model": configuration.model,
        "kernel": "scalar", "instructionSet": "", "firstRegion": "", "workers": "\(configuration.workers)",
        "schedule": "", "grain": "",
        "upTo": text(configuration.upTo), "duration": text(configuration.duration), "repetitions": "",
        "round": "\(trial.round)", "warmUp": "\(trial.warmUp)", "outlier": "",
        "result": text(trial.report?.result), "region": text(trial.report?.region),
        "wall": text(trial.process?.wall), "userTime": text(trial.process?.userTime),
        "systemTime": text(trial.process?.systemTime),
        "voluntaryContextSwitches": text(trial.process?.voluntaryContextSwitches),
        "involuntaryContextSwitches": text(trial.process?.involuntaryContextSwitches),
        "minorPageFaults": text(trial.process?.minorPageFaults),
        "majorPageFaults": text(trial.process?.majorPageFaults),
        "peakMemory": text(trial.report?.largestPeakMemory),
        "restarts": trial.report == nil ? "" : "0", "failure": trial.failure ?? "",
      ]
      #expect(row == expected)
    }
  }

  @Test("have the peak memory of the largest process of a trial")
  func peakMemory() throws {
    let row = try #require(try rows(syntheticRun).first { $0["model"] == "fork" && $0["workers"] == "8" })
    #expect(row["peakMemory"] == "12000007")
  }

  @Test("have numbers of any size in full")
  func bigNumbers() throws {
    var run = syntheticRun
    run.plan.configurations[0].upTo = .max
    run.trials[0].report?.result = ExactInteger(.max)
    let row = try #require(try rows(run).first)
    #expect(row["upTo"] == "18446744073709551615")
    #expect(row["result"] == "340282366920938463463374607431768211455")
  }

  @Test("leave out a trial of a configuration that the plan does not have")
  func unknownConfiguration() throws {
    var run = syntheticRun
    run.trials[0].configuration = 99
    run.trials[1].configuration = -1
    #expect(try rows(run).count == syntheticRun.trials.count - 2)
  }

  @Test("are titles alone where nothing was tried")
  func noTrials() throws {
    var run = syntheticRun
    run.trials = []
    #expect(try CSVParser.records(csvReport(of: [run])).count == 1)
  }

  @Test(
    "give names with quotes and commas back as they were",
    arguments: ["a\"b", "\"", "\"\"", "a,b", ",", "a, \"b\""])
  func quoting(name: String) throws {
    for row in try rows(hostileRun(name)) {
      #expect(row["host"] == name && row["kernel"] == name)
      #expect(row["failure"] == name || row["failure"] == "")
    }
  }

  @Test("have a name from outside on one line, and never as a formula", arguments: hostileNames)
  func hostile(name: String) throws {
    let report = csvReport(of: [hostileRun(name)])
    let records = try CSVParser.records(report)
    #expect(records.count == 1 + syntheticRun.trials.count)
    #expect(report.unicodeScalars.count { $0 == "\n" } == records.count)
    #expect(report.unicodeScalars.count { $0 == "\r" } == records.count)
    #expect(
      isHarmlessOnTerminal(String(String.UnicodeScalarView(report.unicodeScalars.filter { $0 != "\r" }))))
    let formulas = records.joined().filter { field in
      field.unicodeScalars.first.map("=+-@\t\r".unicodeScalars.contains) ?? false
    }
    #expect(formulas.isEmpty)
    let line = Readable.line(name, limit: .max)
    let hosts = Set(records.dropFirst().compactMap(\.first))
    #expect(hosts == [line] || hosts == ["'\(line)"])
  }

  private func text(_ value: (some CustomStringConvertible)?) -> String {
    value?.description ?? ""
  }
}

import Analysis
import Formatting
import Records
import Report
import Testing

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

  @Test("CSV has a row per trial with its measurements, in the order of the trials")
  func roundTrip() throws {
    let rows = try rows(syntheticRun)
    try #require(rows.count == syntheticRun.trials.count)
    let speedups = syntheticRun.trialSpeedups
    for (position, (row, trial)) in zip(rows, syntheticRun.trials).enumerated() {
      let configuration = syntheticRun.plan.configurations[trial.configuration]
      let expected = [
        "host": "bench-1", "run": "bench-1 \(syntheticRun.startedAt)", "start": syntheticRun.startedAt,
        "effectiveCPUs": "\(syntheticRun.passport.effectiveCPUs)",
        "workload": configuration.workload, "model": configuration.model,
        "kernel": "scalar", "instructionSet": "", "firstRegion_ns": "", "workers": "\(configuration.workers)",
        "schedule": "", "grain": "", "placement": "",
        "upTo": text(configuration.upTo), "duration_ns": text(configuration.duration), "repetitions": "",
        "round": trial.warmUp ? "" : "\(trial.round)", "warmUpRound": trial.warmUp ? "\(trial.round)" : "",
        "outlier": "", "foreignLoad_cores": "", "disturbed": "",
        "result": result(of: trial), "region_ns": text(trial.report?.region),
        "rate_per_s": row["rate_per_s"] ?? "",
        "speedup": text(speedups[position].map { Readable.fixed($0, decimals: 4) }),
        "wall_ns": text(trial.process?.wall), "userTime_ns": text(trial.process?.userTime),
        "systemTime_ns": text(trial.process?.systemTime),
        "voluntaryContextSwitches": text(trial.process?.voluntaryContextSwitches),
        "involuntaryContextSwitches": text(trial.process?.involuntaryContextSwitches),
        "minorPageFaults": text(trial.process?.minorPageFaults),
        "majorPageFaults": text(trial.process?.majorPageFaults),
        "peakMemory_bytes": text(trial.report?.largestPeakMemory),
        "processorEnergy_uJ": "", "memoryEnergy_uJ": "", "platformEnergy_uJ": "", "work_per_J": "",
        "restarts": trial.report == nil ? "" : "0", "failure": trial.failure ?? "",
      ]
      #expect(row == expected)
    }
  }

  /// The answer of a trial as text, if a spreadsheet would round it.
  private func result(of trial: Trial) -> String {
    let digits = text(trial.report?.result)
    return digits.count > 15 ? "'\(digits)" : digits
  }

  @Test("CSV has the rate of a trial, and its speedup over single of the same round")
  func ratesAndSpeedups() throws {
    let rows = try rows(syntheticScalingRun)
    for row in rows where row["workload"] == "sum" && row["failure"] == "" {
      let (region, rate) = (try #require(Double(row["region_ns"] ?? "")), Double(row["rate_per_s"] ?? ""))
      #expect(try abs(#require(rate) * region / 1e9 / 2_000_000_001 - 1) < 1e-6)
      let single = try #require(
        rows.first { $0["workload"] == "sum" && $0["model"] == "single" && $0["round"] == row["round"] })
      let speedup = try #require(Double(single["region_ns"] ?? "")) / region
      #expect(try abs(#require(Double(row["speedup"] ?? "")) - speedup) < 1e-4)
    }
    #expect(rows.filter { $0["failure"] != "" }.allSatisfy { $0["speedup"] == "" && $0["rate_per_s"] == "" })
  }

  @Test("CSV has the peak memory of a trial's largest process")
  func peakMemory() throws {
    let row = try #require(try rows(syntheticRun).first { $0["model"] == "fork" && $0["workers"] == "8" })
    #expect(row["peakMemory_bytes"] == "12000007")
  }

  @Test("CSV has numbers of any size in full")
  func bigNumbers() throws {
    var run = syntheticRun
    run.plan.configurations[0].upTo = .max
    run.trials[0].report?.result = ExactInteger(.max)
    let row = try #require(try rows(run).first)
    #expect(row["upTo"] == "18446744073709551615")
    #expect(row["result"] == "'340282366920938463463374607431768211455")
  }

  @Test("a trial outside its plan is left out")
  func unknownConfiguration() throws {
    var run = syntheticRun
    run.trials[0].configuration = 99
    run.trials[1].configuration = -1
    #expect(try rows(run).count == syntheticRun.trials.count - 2)
  }

  @Test("CSV of an empty run is the header alone")
  func noTrials() throws {
    var run = syntheticRun
    run.trials = []
    #expect(try CSVParser.records(csvReport(of: [run])).count == 1)
  }

  @Test(
    "names with quotes and commas survive CSV",
    arguments: ["a\"b", "\"", "\"\"", "a,b", ",", "a, \"b\""])
  func quoting(name: String) throws {
    for row in try rows(hostileRun(name)) {
      #expect(row["host"] == name && row["kernel"] == name)
      #expect(row["failure"] == name || row["failure"] == "")
    }
  }

  @Test("a foreign name is one line in CSV, and never a formula", arguments: hostileNames)
  func hostile(name: String) throws {
    let report = csvReport(of: [hostileRun(name)])
    let records = try CSVParser.records(report)
    #expect(records.count == 1 + syntheticRun.trials.count)
    #expect(report.unicodeScalars.count { $0 == "\n" } == records.count)
    #expect(report.unicodeScalars.count { $0 == "\r" } == records.count)
    #expect(
      isHarmlessOnTerminal(String(String.UnicodeScalarView(report.unicodeScalars.filter { $0 != "\r" }))))
    let formulas = records.joined().filter { field in
      field.unicodeScalars.split(separator: ";").contains { part in
        part.first { $0 != " " }.map("=+-@＝＋－＠\t\r".unicodeScalars.contains) ?? false
      }
    }
    #expect(formulas.isEmpty)
    let line = Readable.line(name, limit: .max)
    let hosts = Set(records.dropFirst().compactMap(\.first))
    #expect(hosts == [line] || hosts == ["'\(line)"] || hosts == ["a;'=1"])
  }

  @Test(
    "a field with a semicolon is quoted, so that no spreadsheet splits it", arguments: ["a;b", ";", "a;\"b"])
  func semicolon(name: String) {
    let line = csvReport(of: [hostileRun(name)]).split(separator: "\r\n")[1]
    #expect(line.hasPrefix("\"\(name.split(separator: "\"").joined(separator: "\"\""))\","))
  }

  private func text(_ value: (some CustomStringConvertible)?) -> String {
    value?.description ?? ""
  }
}

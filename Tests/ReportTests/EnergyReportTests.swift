import Analysis
import Records
import Testing

@testable import Report

struct EnergyReportTests {
  /// The synthetic run on a machine with counters: 20 J per trial and worker, and 5 J of memory.
  private static func counted(idle: Passport.IdlePower? = .init(watts: 8, busyCores: 0.02)) -> RunRecord {
    var run = syntheticRun
    for position in run.trials.indices where run.trials[position].process != nil {
      let workers = UInt64(run.plan.configurations[run.trials[position].configuration].workers)
      run.trials[position].process?.activity = Activity(
        energy: .init(processor: 20_000_000 * workers, memory: 5_000_000))
    }
    run.passport.energy = .init(counters: ["package-0", "package-0/dram"])
    run.passport.load = .init(averages: [0, 0, 0])
    run.passport.load?.idlePower = idle
    return run
  }

  private static let titles = ["energy", "idle part", "work/J", "memory energy"]

  private func columns(_ run: RunRecord) -> [[String]] {
    RunAnalysis(run).workloads.map { ($0.measuredSection.table?.columns ?? []).map(\.title) }
  }

  @Test("the details have the energy, its idle part, the work per joule and the energy of memory")
  func details() throws {
    let run = Self.counted()
    #expect(columns(run).allSatisfy { Set(Self.titles).isSubset(of: $0) })
    let table = try #require(RunAnalysis(run).workloads[0].measuredSection.table)
    let row = try #require(table.rows.first { $0[0] == "single" })
    let cells = Self.titles.compactMap { title in
      table.columns.firstIndex { $0.title == title }.map { row[$0] }
    }
    // 8 W for 605 ms, of 20 J; 2·10^9 numbers in 20 J.
    #expect(cells == ["20.00 J", "24.2 %", "100.0·10^6", "5.000 J"])
    #expect(
      runDetails(of: run).contains(
        "The idle power, measured before the run, was 8.0 W (0.02 CPUs busy).\n"))
  }

  @Test("a machine that was busy before the run has no idle part, and says so")
  func busy() {
    let run = Self.counted(idle: .init(watts: 30, busyCores: 1.5))
    #expect(columns(run).allSatisfy { $0.contains("energy") && !$0.contains("idle part") })
    #expect(runDetails(of: run).contains("\nThe idle power is unknown: 1.50 CPUs were busy before the run ("))
    let unwatched = Self.counted(idle: nil)
    #expect(columns(unwatched).allSatisfy { $0.contains("work/J") && !$0.contains("idle part") })
    #expect(!runDetails(of: unwatched).contains("idle power"))
  }

  @Test("a machine without counters has no columns, and the reason once in the details only")
  func absent() {
    var run = syntheticRun
    #expect(columns(run).allSatisfy { Set(Self.titles).isDisjoint(with: $0) })
    #expect(!runDetails(of: run).contains("nergy"))
    let summary = runSummary(of: run)
    run.passport.energy = .init(reason: "none here")
    #expect(columns(run).allSatisfy { Set(Self.titles).isDisjoint(with: $0) })
    let details = runDetails(of: run)
    #expect(details.hasSuffix("\nEnergy is not measured: none here.\n"))
    #expect(details.split(separator: "Energy").count == 2)
    #expect(markdownReport(of: run).contains("Energy is not measured: none here."))
    #expect(runSummary(of: run) == summary)
  }

  @Test("the first screen of 80 columns is the same with energy as without")
  func firstScreen() {
    #expect(runSummary(of: Self.counted()) == runSummary(of: syntheticRun))
  }

  @Test("CSV has the energies in microjoules and the work per joule, or empty fields")
  func csv() throws {
    func values(_ run: RunRecord) throws -> [[String]] {
      let records = try CSVParser.records(csvReport(of: [run]))
      let titles = ["processorEnergy_uJ", "memoryEnergy_uJ", "platformEnergy_uJ", "work_per_J"]
      let places = try titles.map { title in try #require(records[0].firstIndex(of: title)) }
      return records.dropFirst().map { row in places.map { row[$0] } }
    }
    // A warm-up has no work per joule: it does not count.
    let counted = try values(Self.counted())
    #expect(counted[0] == ["20000000", "5000000", "", ""])
    #expect(counted[8] == ["20000000", "5000000", "", "100000000.050"])
    #expect(try values(syntheticRun).allSatisfy { $0 == ["", "", "", ""] })
  }

  @Test("the page has the energy of every trial, and of no trial without counters")
  func page() {
    let table = Table(trialsOf: Self.counted())
    #expect(table.columns.map(\.title).suffix(3) == ["energy", "memory energy", "note"])
    #expect(table.rows[0].suffix(3) == ["20.00 J", "5.000 J", "warm-up"])
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    let plain = Table(trialsOf: syntheticRun)
    #expect(!plain.columns.contains { $0.title.contains("energy") })
    #expect(plain.rows.allSatisfy { $0.count == plain.columns.count })
  }

  @Test("the machine has a line about its counters, or the reason there are none")
  func machine() {
    func line(_ run: RunRecord) -> Substring? {
      machineReport(of: run.passport, host: "h").split(separator: "\n").first { $0.hasPrefix("energy ") }
    }
    #expect(line(syntheticRun) == nil)
    #expect(
      line(Self.counted())?.hasSuffix(
        "  counted by package-0, package-0/dram; 8.0 W with 0.02 CPUs busy, before any trial") == true)
    #expect(line(Self.counted(idle: nil))?.hasSuffix("  counted by package-0, package-0/dram") == true)
    var run = syntheticRun
    run.passport.energy = .init(reason: "none here")
    #expect(line(run)?.hasSuffix("  not available: none here") == true)
  }

  @Test("names from a file stay on one line", arguments: hostileNames)
  func hostile(name: String) {
    var run = Self.counted()
    run.passport.energy = .init(counters: [name], reason: name)
    #expect(isHarmlessOnTerminal(machineReport(of: run.passport, host: "h")))
    var absent = syntheticRun
    absent.passport.energy = .init(reason: name)
    #expect(isHarmlessOnTerminal(runDetails(of: absent)))
    let comparison = ComparisonRecord(
      [[run], [absent]], [.init(run, name: "A"), .init(absent, name: "B")])
    #expect(isHarmlessOnTerminal(comparisonText(of: comparison, hasDetails: true)))
  }

  private func comparison(_ one: RunRecord, _ two: RunRecord) -> String {
    comparisonText(
      of: ComparisonRecord([[one], [two]], [.init(one, name: "A"), .init(two, name: "B")]), hasDetails: false)
  }

  @Test("a comparison shows the change of energy if both runs have it, and else why not")
  func changes() {
    let counted = Self.counted()
    var absent = syntheticRun
    let both = comparison(counted, counted)
    #expect(
      both.contains("  energy\n") && both.contains("\nEnergy is that of the processors for the same work"))
    let narrow = comparisonText(
      of: ComparisonRecord([[counted], [counted]], ["A", "B"].map { .init(counted, name: $0) }),
      hasDetails: false, style: TextStyle(width: 50))
    #expect(narrow.contains("  energy\n") && !narrow.contains("utilization"))
    #expect(!comparison(absent, absent).contains("nergy"))
    #expect(comparison(counted, absent).contains("\nEnergy is not compared: B has not measured it.\n"))
    absent.passport.energy = .init(reason: "none here")
    #expect(
      comparison(absent, counted).contains("\nEnergy is not compared: A has not measured it: none here.\n"))
    #expect(!comparison(absent, absent).contains("nergy"))
    var platform = counted
    for position in platform.trials.indices {
      platform.trials[position].process?.activity?.energy = .init(platform: 1_000_000)
    }
    #expect(
      comparison(counted, platform).contains("\nEnergy is not compared: the runs have not measured it in "))
  }
}

import Analysis
import Records
import Testing

struct MergeTests {
  private static let plan = [sum("single", 1), sum("fork", 2), stress("fork", 2)]

  /// A run of some rounds that started on a day of January; its times are the day's number of milliseconds.
  private static func run(day: Int, rounds: Int = 5, _ configurations: [Configuration] = plan) -> RunRecord {
    var record = AnalysisTests.run(configurations, rounds: rounds) { _, _ in Double(day) * 1e6 }
    (record.startedAt, record.plan.seed) = ("2026-01-0\(day)T03:04:05Z", UInt64(day))
    (record.plan.trials, record.plan.warmUps) = (rounds, 0)
    return record
  }

  private func merged(_ runs: RunRecord...) throws -> RunRecord {
    try RunRecord(merging: zip(runs, ["a", "b", "c", "d"]).map { NamedRun($0, name: $1) })
  }

  private func refusal(_ runs: RunRecord...) -> String? {
    do throws(MergeRefusal) {
      _ = try RunRecord(merging: zip(runs, ["a", "b", "c", "d"]).map { NamedRun($0, name: $1) })
      return nil
    } catch {
      return error.description
    }
  }

  @Test("merged runs are one complete run with all their trials, the earliest first, whatever their order")
  func order() throws {
    let (first, second, third) = (Self.run(day: 1), Self.run(day: 2, rounds: 3), Self.run(day: 3))
    let all = try merged(third, first, second)
    #expect(all == (try merged(first, second, third)))
    #expect(all.trials.map(\.report) == (first.trials + second.trials + third.trials).map(\.report))
    #expect(Set(all.trials.map(\.round)) == Set(0..<13) && all.trials.count == 13 * 3)
    #expect(all.contradiction == nil && all.trials.count == all.plan.trialCount)
    #expect(all.startedAt == first.startedAt && all.plan.seed == nil)
    #expect(all.mergedFrom?.map(\.rounds) == [5, 3, 5] && all.mergedFrom?.map(\.seed) == [1, 2, 3])
  }

  @Test("all trials of merged runs count, and those of one round stay together")
  func counted() throws {
    let rows = RunAnalysis(try merged(Self.run(day: 1), Self.run(day: 2))).workloads.flatMap(\.rows)
    #expect(rows.map(\.trials) == [10, 10, 10])
    #expect(rows[0].region.minimum == 1e6 && rows[0].region.maximum == 2e6)
    // In every round fork took as long as single.
    #expect(rows[1].speedupInterval.map { [$0.lower, $0.upper] } == [1, 1])
  }

  @Test("a merged run is merged with further runs, but not with one of its own")
  func again() throws {
    let (first, second, third) = (Self.run(day: 1), Self.run(day: 2), Self.run(day: 3))
    let both = try merged(first, second)
    #expect(try merged(both, third) == merged(first, second, third))
    #expect(refusal(both, second) == "the run started at 2026-01-02T03:04:05Z is in both a and b")
    #expect(refusal(first, first) == "the run started at 2026-01-01T03:04:05Z is in both a and b")
  }

  @Test(
    "the finished trials of an unfinished run count, and its missing rounds do not make the result incomplete"
  )
  func unfinished() throws {
    var second = Self.run(day: 2)
    second.trials.removeAll { $0.round > 1 }
    second.resumedAt = ["2026-01-02T04:00:00Z"]
    let both = try merged(Self.run(day: 1), second)
    #expect(both.plan.trials == 7 && both.trials.count == both.plan.trialCount)
    #expect(both.resumedAt == second.resumedAt)
  }

  @Test("warm-ups keep rounds of their own")
  func warmUps() throws {
    let runs = [1, 2].map { day in
      var run = Self.run(day: day)
      run.trials.insert(
        contentsOf: Self.plan.indices.map { measured($0, region: 7, warmUp: true) }, at: 0)
      run.plan.warmUps = 1
      return run
    }
    let both = try merged(runs[0], runs[1])
    #expect(both.contradiction == nil && both.plan.warmUps == 2)
    #expect(Set(both.trials.filter(\.warmUp).map(\.round)) == [0, 1])
    #expect(both.trials.count == both.plan.trialCount)
  }

  @Test("configurations in another order are matched")
  func reordered() throws {
    let other = Self.run(day: 2, Self.plan.reversed())
    let both = try merged(Self.run(day: 1), other)
    #expect(both.plan.configurations == Self.plan && both.contradiction == nil)
    let stress = both.trials.filter { Self.plan[$0.configuration].workload == "stress" }
    #expect(stress.count == 10 && stress.allSatisfy { $0.report?.region == 1_000_000_000 })
  }

  @Test(
    "another temperature, and facts that a run did not record, keep no runs apart, but another processor does"
  )
  func otherFacts() throws {
    var (first, second) = (Self.run(day: 1), Self.run(day: 2))
    first.passport.thermalPressure = "moderate"
    first.passport.processorDetails = .init(family: "6")
    first.passport.topology = .init(siblings: "0,1")
    second.passport.topology = .init()
    #expect(try merged(first, second).trials.count == 30)
    second.passport.processorDetails = .init(family: "25")
    second.passport.topology = first.passport.topology
    #expect(
      refusal(first, second) == "the host information differs between a and b (see scaleup compare --details)"
    )
  }

  @Test("rounds with gaps are numbered without them")
  func gaps() throws {
    var second = Self.run(day: 2)
    for position in second.trials.indices { second.trials[position].round *= 200_000_000 }
    #expect(Set(try merged(Self.run(day: 1), second).trials.map(\.round)) == Set(0..<10))
  }

  @Test("runs of other plans, machines or versions are refused with the first difference")
  func refusals() {
    let first = Self.run(day: 1)
    func other(_ change: (inout RunRecord) -> Void) -> RunRecord {
      var other = Self.run(day: 2)
      change(&other)
      return other
    }
    let expected: [(RunRecord, String)] = [
      (other { $0.version = "9" }, "the version of scaleup is \(suiteVersion) in a and 9 in b"),
      (other { $0.host = "two" }, "the host is host in a and two in b"),
      (other { $0.passport.processor = "Abacus" }, "the processor is unknown in a and Abacus in b"),
      (other { $0.passport.effectiveCPUs = 3 }, "the number of effective CPUs is 4 in a and 3 in b"),
      (
        other { $0.passport.hypervisor = "KVM" },
        "the host information differs between a and b (see scaleup compare --details)"
      ),
      (
        other { $0.plan.configurations[1].upTo = 2_000_000 },
        "the N of sum fork with 2 workers is 999999 in a and 2·10^6 in b: measure again with --baseline a"
      ),
      (
        other { $0.plan.configurations[2].duration = 100_000_000 },
        "the duration of stress fork with 2 workers is 1.000 s in a and 100.0 ms in b"
      ),
      (Self.run(day: 2, Array(Self.plan.dropLast())), "only a has stress fork with 2 workers"),
      (Self.run(day: 2, Self.plan + [sum("c", 1)]), "only b has sum c with 1 worker"),
    ]
    for (run, reason) in expected { #expect(refusal(first, run) == reason) }
  }

  @Test("the load of the machine, the number of trials and the precision may differ")
  func alike() throws {
    var (first, second) = (Self.run(day: 1), Self.run(day: 2, rounds: 1))
    (first.plan.precision, first.plan.budget) = (0.01, 45_000_000_000)
    second.passport.load = .init(busyCores: 0.5)
    (second.passport.warnings, second.passport.throttledPeriods) = (["busy"], 7)
    let both = try merged(first, second)
    #expect(both.plan.precision == nil && both.plan.budget == nil && both.passport == first.passport)
    // Root may read the energy counters, and others not.
    (first.passport.energy, second.passport.energy) = (.init(reason: "no"), .init(counters: ["package-0"]))
    #expect(try merged(first, second).passport.energy == .init(counters: ["package-0"]))
    second.plan.precision = 0.01
    #expect(try merged(first, second).plan.precision == 0.01)
  }
}

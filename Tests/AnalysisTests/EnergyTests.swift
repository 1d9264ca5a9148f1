import Analysis
import Records
import Testing

struct EnergyTests {
  /// A trial of 0.5 s that did 10^6 numbers in regions of 0.4 s.
  private func trial(
    _ energy: Activity.Energy?, _ configuration: Configuration = sum("fork", 2),
    _ change: (inout Trial) -> Void = { _ in }
  ) -> MeasuredTrial? {
    var trial = measured(0, region: 400_000_000, process: process(wall: 500_000_000))
    trial.process?.activity = Activity(energy: energy)
    change(&trial)
    return MeasuredTrial(trial, of: configuration, effectiveCPUs: 2, mostForeignLoad: 1)
  }

  @Test("energy is in joules, and work per joule is that of all numbers")
  func definitions() throws {
    let one = try #require(trial(.init(processor: 20_000_000, memory: 3_000_000)))
    #expect(one.energy == 20 && one.memoryEnergy == 3 && one.workPerJoule == 50_000)
    // 8 W for half a second are 4 J.
    #expect(one.idlePart(ofPower: 8) == 0.2 && one.idlePart(ofPower: nil) == nil)
  }

  @Test("the energy of the platform counts if that of the processors is unknown")
  func platform() throws {
    let one = try #require(trial(.init(platform: 40_000_000)))
    #expect(one.energy == 40 && one.memoryEnergy == nil && one.workPerJoule == 25_000)
  }

  @Test("several regions of a process do their work several times")
  func regions() throws {
    let configuration = sum("fork", 2)
    let one = trial(.init(processor: 20_000_000), configuration) {
      $0.report?.regions = [1, 400_000_000, 400_000_000, 400_000_000]
    }
    #expect(one?.workPerJoule == 200_000)
    let timed = trial(.init(processor: 20_000_000), stress("fork", 2)) { $0.report?.regions = [1, 2, 3] }
    #expect(timed?.energy == 20 && timed?.workPerJoule == nil)
  }

  @Test("energy that is unknown, zero or of several machines has no work per joule")
  func undefined() {
    for one in [trial(nil), trial(.init())] {
      #expect(one?.energy == nil && one?.workPerJoule == nil && one?.idlePart(ofPower: 1) == nil)
    }
    let short = trial(.init(processor: 0))
    #expect(short?.energy == 0 && short?.workPerJoule == nil && short?.idlePart(ofPower: 1) == nil)
    let launched = trial(.init(processor: 1)) {
      $0.report?.hosts = [HostUse(name: "a", ranks: 2, cores: 2, cpuTime: 1)]
    }
    #expect(launched != nil && launched?.energy == nil && launched?.memoryEnergy == nil)
  }

  @Test("the idle power is known only if the machine was idle")
  func idlePower() {
    var passport = run([], []).passport
    #expect(passport.idlePower == nil)
    for (busy, isIdle) in [(0, true), (0.25, true), (0.26, false)] {
      passport.load = .init()
      passport.load?.idlePower = .init(watts: 12.5, busyCores: busy)
      #expect(passport.idlePower == (isIdle ? 12.5 : nil))
    }
    passport.onlineCPUs = 64
    #expect(passport.idlePower == 12.5)
  }

  /// A run of five rounds in which each trial uses so much energy.
  private func counted(_ energies: [Activity.Energy?]) -> RunRecord {
    let configurations = [sum("single", 1), sum("fork", 2)]
    var run = run(configurations, rounds: 5, effectiveCPUs: 2) { _, _ in 100 }
    for position in run.trials.indices {
      var used = process(wall: 100)
      used.activity = Activity(energy: energies[run.trials[position].configuration])
      run.trials[position].process = used
    }
    return run
  }

  @Test("a comparison has the ratio of the energies for the same work, with its interval")
  func comparison() throws {
    let one = counted([.init(processor: 100, memory: 1), .init(processor: 200, memory: 1)])
    let two = counted([.init(processor: 100, memory: 9), .init(processor: 150, memory: 9)])
    let changes = ComparisonRecord(between: [one, two]).changes
    #expect(changes.map(\.energy?.value) == [1, 0.75])
    #expect(changes[1].energy?.lower == 0.75 && changes[1].energy?.upper == 0.75)
  }

  @Test("energies of different parts of the machines, or of one run alone, are not compared")
  func incomparable() {
    let processors = counted([.init(processor: 100), .init(processor: 200)])
    for other in [
      counted([.init(platform: 100), .init(platform: 200)]), counted([nil, nil]),
      counted([.init(memory: 1), nil]),
      counted([.init(processor: 0), .init(processor: 0)]),
    ] {
      for sides in [[processors, other], [other, processors]] {
        let changes = ComparisonRecord(between: sides).changes
        #expect(changes.count == 2 && changes.allSatisfy { $0.energy == nil })
      }
    }
    let platforms = counted([.init(platform: 100), .init(platform: 200)])
    #expect(ComparisonRecord(between: [platforms, platforms]).changes.map(\.energy?.value) == [1, 1])
  }

  @Test("a run with a rejected energy names its place")
  func bounds() {
    var run = counted([.init(processor: 1_000_000_000_000_000_000), nil])
    #expect(run.contradiction == nil)
    run.trials[0].process?.activity?.energy?.memory = .max
    #expect(
      run.contradiction
        == "has an invalid value at 'trials.0.process.activity.energy.memory': 18446744073709551615")
    run = counted([nil, nil])
    for watts in [-1, .infinity, .nan] {
      run.passport.load = .init()
      run.passport.load?.idlePower = .init(watts: watts, busyCores: 0)
      #expect(run.contradiction?.contains("passport.load.idlePower.watts") == true)
    }
    run.passport.load = nil
    run.passport.energy = .init(counters: Array(repeating: "p", count: 1001))
    #expect(run.contradiction?.contains("passport.energy.counters") == true)
    run.passport.energy = .init(reason: String(repeating: "x", count: 1001))
    #expect(run.contradiction?.contains("passport.energy.reason") == true)
  }
}

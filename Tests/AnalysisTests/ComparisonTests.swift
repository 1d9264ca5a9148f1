import Analysis
import Records
import TestSupport
import Testing

struct ComparisonTests {
  @Test("the gain between any two machines is the product of its factors, each with its interval")
  func factors() throws {
    var generator = SplitMix64(seed: 71)
    for _ in 0..<30 {
      let (one, two) = (
        [2, 4, 16].randomElement(using: &generator)!, [2, 4, 16].randomElement(using: &generator)!
      )
      let comparison = ComparisonRecord(between: [
        machine(cores: one, times: [100, 100 / Double(one) * 1.1], noise: 0.02, &generator),
        machine(cores: two, times: [80, 80 / Double(two) * 1.3], noise: 0.02, &generator),
      ])
      let gain = try #require(comparison.gains.first)
      let (perCore, efficiency) = (try #require(gain.perCore), try #require(gain.efficiency))
      #expect(isClose(gain.gain.value, perCore.value * gain.cores * efficiency.value, 1e-9))
      #expect(gain.cores == Double(two) / Double(one))
      for (estimate, truth) in [
        (perCore, 1.25), (efficiency, 1.1 / 1.3), (gain.gain, 1.25 * gain.cores * 1.1 / 1.3),
      ] {
        #expect(isClose(estimate.value, truth, 0.05))
        let (lower, upper) = (try #require(estimate.lower), try #require(estimate.upper))
        #expect(lower <= estimate.value && estimate.value <= upper)
        #expect(lower > 0.8 * truth && upper < 1.25 * truth)
      }
    }
  }

  @Test("a comparison shows how time, efficiency and utilization changed for every shared configuration")
  func changes() throws {
    let comparison = ComparisonRecord(between: [
      machine(cores: 2, times: [100, 50]), machine(cores: 2, times: [110, 60]),
    ])
    #expect(comparison.changes.map(\.configuration) == [sum("single", 1), sum("fork", 2)])
    #expect(comparison.changes.map(\.run) == [1, 1])
    let fork = comparison.changes[1]
    #expect(isClose(fork.time.value, 1.2, 1e-9))
    #expect(fork.time.lower == fork.time.upper)
    #expect(isClose(try #require(fork.efficiency).value, 110.0 / 120, 1e-9))
    #expect(try #require(fork.utilization).value == 1)
    #expect(comparison.changes[0].efficiency == nil)
    #expect(comparison.refusals == [])
  }

  @Test(
    "a comparison refuses configurations with another N or kernel, or in only one run, and says what to do")
  func refusals() {
    let base = machine(cores: 2, times: [100, 50])
    func refusals(_ configurations: [Configuration]) -> ComparisonRecord {
      ComparisonRecord(between: [
        base, run(configurations, configurations.indices.map { measured($0, region: 100) }, effectiveCPUs: 2),
      ])
    }
    let otherAmount = refusals([sum("single", 1, upTo: 9), sum("fork", 2, upTo: 9)])
    #expect(
      otherAmount.refusals == [
        "sum is not compared: N is 999999 in A and 9 in B; measure B again with --upto 999999."
      ])
    #expect(otherAmount.changes == [] && otherAmount.gains == [])
    let otherKernel = refusals([sum("single", 1, kernel: "simd"), sum("fork", 2, kernel: "simd")])
    #expect(
      otherKernel.refusals == [
        "sum with the scalar kernel is not compared: only A has it.",
        "sum with the simd kernel is not compared: only B has it.",
      ])
    let otherWorkload = refusals([stress("single", 1), stress("fork", 2)])
    #expect(
      otherWorkload.refusals == [
        "sum is not compared: only A has it.", "stress is not compared: only B has it.",
      ])
    #expect(otherWorkload.changes == [])
  }

  @Test("a comparison says if a run did not use every core, and then shows no gain")
  func notEveryCore() {
    let comparison = ComparisonRecord(between: [
      machine(cores: 2, times: [100, 50]),
      run(
        [sum("single", 1), sum("fork", 2)], [measured(0, region: 100), measured(1, region: 50)],
        effectiveCPUs: 16),
    ])
    #expect(comparison.gains == [])
    #expect(comparison.changes.count == 2)
    #expect(
      comparison.refusals == [
        "B was not measured with one worker per CPU, so its gain is unknown; measure it with --workers 16 too."
      ])
  }

  @Test("workloads of fixed time are compared by their rates, whatever the time was")
  func rates() throws {
    func stressed(_ operations: UInt128, _ duration: UInt64) -> RunRecord {
      var (single, fork) = (stress("single", 1), stress("fork", 2))
      (single.duration, fork.duration) = (duration, duration)
      return run(
        [single, fork],
        (0..<5).flatMap { round in
          [(0, operations), (1, 2 * operations)].map { position, result in
            trial(position, round, region: duration, result: result)
          }
        }, effectiveCPUs: 2)
    }
    let comparison = ComparisonRecord(between: [
      stressed(1_000_000, 1_000_000), stressed(3_000_000, 2_000_000),
    ])
    let gain = try #require(comparison.gains.first)
    #expect(isClose(gain.gain.value, 1.5, 1e-9))
    #expect(isClose(gain.throughputs[0], 2e9, 1e-9))
    #expect(comparison.changes.allSatisfy { isClose($0.time.value, 1 / 1.5, 1e-9) })
  }

  @Test(
    "with several runs a side, a difference counts only if it is greater than that between runs of a side")
  func severalRuns() throws {
    func side(_ times: [Double]) -> [RunRecord] { times.map { machine(cores: 2, times: [2 * $0, $0]) } }
    let (one, other) = (side([50, 52, 51]), side([55, 54, 56]))
    let lone = ComparisonRecord(between: [one[0], other[1]])
    #expect(lone.changes.map(\.finding) == [.slower, .slower])
    let several = ComparisonRecord(betweenSides: [one, other])
    #expect(
      several.changes.map(\.finding) == [.slower, .slower] && several.gains.first?.isSignificant == true)
    #expect(isClose(several.changes[0].time.value, 55 / 51, 0.001))
    let (lower, upper) = (several.changes[0].time.lower ?? 0, several.changes[0].time.upper ?? 0)
    #expect(lower > 1 && lower < 1.05 && upper > 1.1)
    let alike = ComparisonRecord(betweenSides: [one, side([51, 53, 52])])
    #expect(alike.changes.map(\.finding) == [nil, nil] && alike.gains.first?.isSignificant == false)
    #expect(alike.refusals == [])
  }

  @Test("a configuration that a run of a side lacks is left out, with a sentence")
  func incompleteSide() throws {
    let whole = machine(cores: 2, times: [100, 50])
    var part = whole
    part.trials.removeAll { $0.configuration == 1 }
    let comparison = ComparisonRecord(betweenSides: [[whole, part], [whole]])
    #expect(comparison.changes.map(\.configuration) == [sum("single", 1)])
    #expect(comparison.refusals == ["1 configuration of A is not compared: run 2 of A has not measured it."])
  }

  @Test("times per number are compared if N differs and the regions are long, also between worker counts")
  func otherAmounts() throws {
    func sized(_ factor: UInt64, milliseconds: Double) -> RunRecord {
      var run = machine(cores: 2, times: [2 * milliseconds, milliseconds])
      for place in run.plan.configurations.indices {
        run.plan.configurations[place].upTo = 1_000_000 * factor - 1
      }
      return run
    }
    let comparison = ComparisonRecord(between: [sized(1, milliseconds: 150), sized(3, milliseconds: 300)])
    #expect(comparison.refusals == [])
    #expect(comparison.changes.count == 2)
    for change in comparison.changes {
      #expect(isClose(change.time.value, 2.0 / 3, 1e-9) && change.otherUpTo == 2_999_999)
      #expect(change.finding == .faster)
    }
    #expect(isClose(try #require(comparison.gains.first).gain.value, 1.5, 1e-9))
    let short = ComparisonRecord(between: [sized(1, milliseconds: 15), sized(3, milliseconds: 30)])
    #expect(
      short.refusals == [
        "sum is not compared: N is 999999 in A and 2999999 in B; measure B again with --upto 999999."
      ])
    #expect(short.changes == [] && short.gains == [])
  }

  @Test("of two suites in the same rounds, what disturbs a round cancels")
  func sharedRounds() throws {
    let plan = [sum("single", 1), sum("fork", 2)]
    var generator = SplitMix64(seed: 4)
    let slowness = (0..<8).map { _ in Double.random(in: 1...2, using: &generator) }
    func suite(_ factor: Double) -> RunRecord {
      var record = run(plan, rounds: 8) { configuration, round in
        1e8 / Double(configuration.workers) * slowness[round] * factor
      }
      record.sharesRounds = true
      return record
    }
    let (old, new) = (suite(1), suite(1.02))
    let change = try #require(ComparisonRecord(between: [old, new]).changes.first)
    #expect(isClose(change.time.value, 1.02, 1e-6) && change.finding == .slower)
    var later = new
    later.startedAt = "2026-01-02T04:04:05Z"
    #expect(try #require(ComparisonRecord(between: [old, later]).changes.first).finding == nil)
  }

  @Test("work per money is shown if both runs have a price per hour")
  func money() throws {
    let runs = [machine(cores: 2, times: [100, 50]), machine(cores: 4, times: [100, 25])]
    let priced = ComparisonRecord(
      runs.map { [$0] }, [.init(runs[0], name: "A", price: 1), .init(runs[1], name: "B", price: 4)])
    let work = try #require(priced.gains.first?.workForMoney)
    #expect(isClose(work[0], 1e6 / 0.05 * 3600, 1e-9))
    #expect(isClose(work[1] / work[0], 0.5, 1e-9))
    let unpriced = ComparisonRecord(
      runs.map { [$0] }, [.init(runs[0], name: "A", price: 1), .init(runs[1], name: "B")])
    #expect(unpriced.gains.count == 1 && unpriced.gains[0].workForMoney == nil)
  }

  @Test("failed trials and warm-ups are left out, and fewer than five trials have no intervals")
  func counted() throws {
    var broken = machine(cores: 2, times: [100, 50])
    broken.trials.append(failed(1))
    broken.trials.append(measured(1, region: 1_000_000, warmUp: true))
    let comparison = ComparisonRecord(between: [machine(cores: 2, times: [100, 50]), broken])
    #expect(comparison.changes.map(\.time.value) == [1, 1])
    broken.trials.removeAll { $0.round > 2 }
    let few = ComparisonRecord(between: [machine(cores: 2, times: [100, 50]), broken])
    #expect(
      few.changes.allSatisfy { $0.time.value == 1 && $0.time.lower == nil && $0.efficiency?.lower == nil })
  }

  @Test("every run is compared with the first")
  func several() {
    let comparison = ComparisonRecord(between: [
      machine(cores: 2, times: [100, 50]), machine(cores: 2, times: [200, 100]),
      machine(cores: 2, times: [50, 25]),
    ])
    #expect(comparison.changes.map(\.run) == [1, 1, 2, 2])
    #expect(comparison.changes.map(\.time.value) == [2, 2, 0.5, 0.5])
    #expect(comparison.gains.map(\.gain.value) == [0.5, 2])
  }
}

import Analysis
import Records
import Testing

@Suite("The measures of a configuration")
struct MeasureTests {
  private func row(
    _ configuration: Configuration, _ trials: [Trial], effectiveCPUs: Int = 4
  ) throws -> ConfigurationAnalysis {
    let analysis = RunAnalysis(run([configuration], trials, effectiveCPUs: effectiveCPUs))
    return try #require(analysis.workloads.first?.rows.first)
  }

  @Test("have the median and the ends of the region's times")
  func region() throws {
    let row = try row(sum("fork", 2), [30, 10, 50, 20].map { measured(0, region: $0) })
    #expect((row.region.minimum, row.region.median, row.region.maximum) == (10, 25, 50))
  }

  @Test("count N + 1 numbers for a sum up to N, per second of the region")
  func rateOfSum() throws {
    let row = try row(sum("fork", 2), [measured(0, region: 500_000_000)])
    #expect(row.rate.median == 2_000_000)
  }

  @Test("count the operations of a stress, per second of the region")
  func rateOfStress() throws {
    let row = try row(stress("fork", 2), [measured(0, region: 2_000_000_000, result: 600)])
    #expect(row.rate.median == 300)
  }

  @Test("have busy cores from the CPU time of user and kernel over the wall time, by the median")
  func busyCores() throws {
    let row = try row(
      sum("fork", 4),
      [
        measured(0, region: 1, process: process(wall: 1000, user: 2500, system: 500)),
        measured(0, region: 1, process: process(wall: 1000, user: 1000, system: 0)),
        measured(0, region: 1, process: process(wall: 2000, user: 3000, system: 1000)),
      ])
    #expect(row.median(of: \.busyCores) == 2)
    #expect(row.median(of: \.utilization) == 0.5)
  }

  @Test("have utilization over the effective CPUs, of which there is at least one", arguments: [-1, 0, 1])
  func utilizationOfNothing(effectiveCPUs: Int) throws {
    let trial = measured(0, region: 1, process: process(wall: 100, user: 50))
    #expect(try row(sum("fork", 1), [trial], effectiveCPUs: effectiveCPUs).median(of: \.utilization) == 0.5)
  }

  @Test("leave out a process that took no time")
  func zeroWall() throws {
    let row = try row(
      sum("fork", 1),
      [
        measured(0, region: 1, process: process(wall: 0, user: 50, voluntary: 4)),
        measured(0, region: 1, process: process(wall: 100, user: 50, voluntary: 2)),
      ])
    #expect(row.median(of: \.busyCores) == 0.5)
    #expect(row.median(of: \.contextSwitches) == 3)
  }

  @Test("have no busy cores, utilization and context switches where no process was accounted for")
  func noProcess() throws {
    let row = try row(sum("fork", 1), [measured(0, region: 1)])
    #expect(
      row.median(of: \.busyCores) == nil && row.median(of: \.utilization) == nil
        && row.median(of: \.contextSwitches) == nil)
  }

  @Test("add up voluntary and involuntary context switches of each trial, and take the median")
  func contextSwitches() throws {
    let row = try row(
      sum("fork", 1),
      [(1, 2), (100, 0), (0, 7)].map { voluntary, involuntary in
        measured(
          0, region: 1, process: process(wall: 1, voluntary: voluntary, involuntary: involuntary))
      })
    #expect(row.median(of: \.contextSwitches) == 7)
  }

  @Test("survive context switches that are too many for an integer")
  func manyContextSwitches() throws {
    let trial = measured(0, region: 1, process: process(wall: 1, voluntary: .max, involuntary: .max))
    #expect(try row(sum("fork", 1), [trial]).median(of: \.contextSwitches) == 0x1p64)
  }

  @Test("have as fairness the least share over the greatest, by the median")
  func fairness() throws {
    let shares: [[UInt128]] = [[100, 50, 80], [100, 100], [10, 1]]
    let row = try row(
      stress("fork", 3), shares.map { measured(0, region: 1, result: 1, shares: $0) })
    #expect(row.median(of: \.fairness) == 0.5)
  }

  @Test("have a fairness of 0 where a worker got nothing, of 1 where there is one worker")
  func extremeFairness() throws {
    #expect(
      try row(stress("a", 2), [measured(0, region: 1, result: 9, shares: [9, 0])]).median(of: \.fairness) == 0
    )
    #expect(
      try row(stress("a", 1), [measured(0, region: 1, result: 9, shares: [9])]).median(of: \.fairness) == 1)
  }

  @Test("have no fairness without shares, where all are zero, and for a fixed amount of work")
  func noFairness() throws {
    #expect(try row(stress("a", 2), [measured(0, region: 1, result: 1)]).median(of: \.fairness) == nil)
    #expect(
      try row(stress("a", 2), [measured(0, region: 1, result: 1, shares: [])]).median(of: \.fairness) == nil)
    #expect(
      try row(stress("a", 2), [measured(0, region: 1, result: 1, shares: [0, 0])]).median(of: \.fairness)
        == nil)
    #expect(try row(sum("a", 2), [measured(0, region: 1, shares: [1, 2])]).median(of: \.fairness) == nil)
  }

  @Test(
    "tell more workers than effective CPUs, and no others, to be oversubscribed",
    arguments: [(1, false), (4, false), (5, true), (4096, true)])
  func oversubscription(workers: Int, isOversubscribed: Bool) throws {
    let row = try row(sum("fork", workers), [measured(0, region: 1)], effectiveCPUs: 4)
    #expect(row.isOversubscribed == isOversubscribed)
  }
}

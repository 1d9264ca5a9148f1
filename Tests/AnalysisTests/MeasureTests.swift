import Analysis
import Records
import Testing

struct MeasureTests {
  private func row(
    _ configuration: Configuration, _ trials: [Trial], effectiveCPUs: Int = 4
  ) throws -> ConfigurationAnalysis {
    let analysis = RunAnalysis(run([configuration], trials, effectiveCPUs: effectiveCPUs))
    return try #require(analysis.workloads.first?.rows.first)
  }

  @Test("a configuration has the median, least and greatest region time")
  func region() throws {
    let row = try row(sum("fork", 2), [30, 10, 50, 20].map { measured(0, region: $0) })
    #expect((row.region.minimum, row.region.median, row.region.maximum) == (10, 25, 50))
  }

  @Test("a sum up to N counts N + 1 numbers per second of the region")
  func rateOfSum() throws {
    let row = try row(sum("fork", 2), [measured(0, region: 500_000_000)])
    #expect(row.rate.median == 2_000_000)
  }

  @Test("a stress counts its operations per second of the region")
  func rateOfStress() throws {
    let row = try row(stress("fork", 2), [measured(0, region: 2_000_000_000, result: 600)])
    #expect(row.rate.median == 300)
  }

  @Test("busy cores are user plus system CPU time over wall time, by the median")
  func busyCores() throws {
    let row = try row(
      sum("fork", 4),
      [
        measured(0, region: 1, process: process(wall: 1000, user: 2500, system: 500)),
        measured(0, region: 1, process: process(wall: 1000, user: 1000, system: 0)),
        measured(0, region: 1, process: process(wall: 2000, user: 3000, system: 1000)),
      ])
    #expect(row.median(of: \.busyCores) == 2)
    #expect(row.median(of: \.processUtilization) == 0.5)
  }

  @Test(
    "process utilization is busy cores over effective CPUs, which are at least one", arguments: [-1, 0, 1])
  func utilizationOfNothing(effectiveCPUs: Int) throws {
    let trial = measured(0, region: 1, process: process(wall: 100, user: 50))
    let row = try row(sum("fork", 1), [trial], effectiveCPUs: effectiveCPUs)
    #expect(row.median(of: \.processUtilization) == 0.5)
  }

  @Test(
    "utilization is the CPU time of all shares over the region and the CPUs, however long the process takes")
  func utilization() throws {
    var trial = measured(0, region: 1000, shares: [1, 1], process: process(wall: 5000, user: 1900))
    trial.report?.shares?[1].cpuTime = 800
    let row = try row(sum("fork", 2), [trial], effectiveCPUs: 2)
    #expect(row.median(of: \.utilization) == 0.9 && row.median(of: \.processUtilization) == 0.19)
    trial.report?.shares?.removeLast()
    #expect(try self.row(sum("fork", 2), [trial]).median(of: \.utilization) == nil)
  }

  @Test("a process that took no time is left out")
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

  @Test("busy cores, process utilization and context switches are absent without process accounting")
  func noProcess() throws {
    let row = try row(sum("fork", 1), [measured(0, region: 1)])
    #expect(
      row.median(of: \.busyCores) == nil && row.median(of: \.processUtilization) == nil
        && row.median(of: \.contextSwitches) == nil)
  }

  @Test("context switches are the voluntary plus the involuntary of each trial, by the median")
  func contextSwitches() throws {
    let row = try row(
      sum("fork", 1),
      [(1, 2), (100, 0), (0, 7)].map { voluntary, involuntary in
        measured(
          0, region: 1, process: process(wall: 1, voluntary: voluntary, involuntary: involuntary))
      })
    #expect(row.median(of: \.contextSwitches) == 7)
  }

  @Test("context switches too many for an integer do no harm")
  func manyContextSwitches() throws {
    let trial = measured(0, region: 1, process: process(wall: 1, voluntary: .max, involuntary: .max))
    #expect(try row(sum("fork", 1), [trial]).median(of: \.contextSwitches) == 0x1p64)
  }

  @Test("fairness is the least share over the greatest, by the median")
  func fairness() throws {
    let shares: [[UInt128]] = [[100, 50, 80], [100, 100], [10, 1]]
    let row = try row(
      stress("fork", 3), shares.map { measured(0, region: 1, result: 1, shares: $0) })
    #expect(row.median(of: \.fairness) == 0.5)
  }

  @Test("fairness is 0 if a worker did nothing, and 1 for one worker")
  func extremeFairness() throws {
    #expect(
      try row(stress("a", 2), [measured(0, region: 1, result: 9, shares: [9, 0])]).median(of: \.fairness) == 0
    )
    #expect(
      try row(stress("a", 1), [measured(0, region: 1, result: 9, shares: [9])]).median(of: \.fairness) == 1)
  }

  @Test("fairness is absent without shares, if all are zero, and for a fixed amount of work")
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
    "only more workers than effective CPUs are oversubscribed",
    arguments: [(1, false), (4, false), (5, true), (4096, true)])
  func oversubscription(workers: Int, isOversubscribed: Bool) throws {
    let row = try row(sum("fork", workers), [measured(0, region: 1)], effectiveCPUs: 4)
    #expect(row.isOversubscribed == isOversubscribed)
  }
}

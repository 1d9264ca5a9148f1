import Analysis
import Records
import Testing

@testable import scaleup

@Suite struct FleetSimulationTests {
  /// A fleet of two instances with a tenth of a core each, which served 100 requests of 1 ms per second for a minute.
  static func fleet(timeScale: Double = 60, policy: String = #"{"kind":"none"}"#) -> FleetRecord {
    var settings = FleetRecord.Settings(
      model: "threads", workers: 1, share: 0.1, usesControlGroup: false, policy: "p", policyFile: policy,
      min: 1,
      desired: 2, max: 8, timeScale: timeScale, startUp: 2_000_000_000, grace: 5_000_000_000,
      drain: 1_000_000_000,
      checkInterval: 500_000_000, checkTimeout: 500_000_000, rise: 1, fall: 1, front: "built-in",
      balancing: "least-outstanding", objective: .init(percentile: 95, time: 200_000_000), seed: 1)
    (settings.rates, settings.rateInterval) = ([100, 100, 100, 100], 15_000_000_000)
    var record = FleetRecord(host: "h", startedAt: "2026-01-02T03:04:05Z", settings: settings)
    record.duration = 65_000_000_000
    record.points = (1...65).map { second in
      .init(
        time: second * 1_000_000_000, rate: second > 5 ? 100 : 0, failed: 0, latency: nil, desired: 2,
        inService: 2,
        starting: 0, draining: 0, unhealthy: 0, utilization: 0.5)
    }
    record.instances = ["i-1", "i-2"].map { .init(name: $0, template: 1, launched: 0) }
    for index in 0..<2 {
      (record.instances[index].answered, record.instances[index].cpuTime) = (3000, 3_000_000_000)
    }
    return record
  }

  @Test(
    "the utilization and the rate of the simulation are those of the fleet on any time scale",
    arguments: [1.0, 10, 60])
  func scale(timeScale: Double) throws {
    let outcome = try #require(FleetSimulation.outcome(of: Self.fleet(timeScale: timeScale)))
    let states = outcome.timeline
    let utilization = states.compactMap(\.utilization).reduce(0, +) / Double(states.count)
    let rate = states.map(\.rate).reduce(0, +) / Double(states.count) * timeScale
    #expect((0.46...0.54).contains(utilization), "\(utilization)")
    #expect((92...108).contains(rate), "\(rate)")
    // A state per wall second, from the first request to the end of the fleet.
    #expect(states.count == 60)
    #expect(states.first?.time == 6 * timeScale)
    #expect(states.last?.time == 65 * timeScale)
  }

  @Test("a policy that counts requests per instance sees requests per wall second")
  func requests() throws {
    let policy = #"{"kind":"target-tracking","metric":"requests","target":25}"#
    let outcome = try #require(FleetSimulation.outcome(of: Self.fleet(policy: policy)))
    // 100 requests per second at 25 each take 4 instances, a few more or fewer by chance.
    let last = try #require(outcome.timeline.last)
    #expect((3...6).contains(last.desired), "\(last.desired)")
  }

  @Test("the simulated group scales within the bounds of the fleet")
  func bounds() throws {
    var record = Self.fleet(policy: #"{"kind":"target-tracking","target":10,"min":1,"max":100}"#)
    record.settings.max = 3
    let outcome = try #require(FleetSimulation.outcome(of: record))
    #expect(outcome.timeline.last?.inService == 3 && outcome.mostInService == 3)
  }

  @Test("overloaded instances are replaced unless the clients have too few connections to delay a check")
  func overload() throws {
    var record = Self.fleet()
    // Two instances with a tenth of a core answer 200 requests of 1 ms per second.
    record.settings.rates = [400, 400, 400, 400]
    #expect(try #require(FleetSimulation.outcome(of: record)).overloaded ?? 0 > 3)
    // 10 requests at each instance take 100 ms, and a check waits for them twice.
    record.load = LoadRecord(url: "http://127.0.0.1/", connections: 20, duration: 1, warmUp: 0)
    let limited = try #require(FleetSimulation.outcome(of: record))
    #expect(limited.overloaded == 0 && limited.timeline.allSatisfy { $0.inService == 2 })
  }

  @Test(
    "only HAProxy, whatever its version, serves nobody while no instance is healthy",
    arguments: [("built-in", true), ("HAProxy 2.6.12", false), ("haproxy", false)])
  func noneHealthy(front: String, failsOpen: Bool) throws {
    var record = Self.fleet()
    record.settings.front = front
    #expect(try #require(FleetSimulation.simulation(of: record)).group.failsOpen == failsOpen)
  }

  @Test("without traffic, answers, a policy or a bounded amount of work there is no simulation")
  func none() {
    let changes: [(inout FleetRecord) -> Void] = [
      { $0.settings.rates = nil },
      { $0.settings.rates = [] },
      { $0.settings.rateInterval = 0 },
      { $0.instances = [] },
      {
        $0.instances[0].cpuTime = nil; $0.instances[1].cpuTime = nil
      },
      { $0.settings.policyFile = "{}" },
      { $0.settings.policyFile = #"{"kind":"keda-job","target":5}"# },
      { $0.settings.max = 1_000_000 },
      { $0.settings.min = 1_000_000 },
      { $0.settings.desired = 1_000_000 },
      { $0.settings.min = 3 },
      { $0.settings.min = -1 },
      { $0.settings.policyFile = #"{"kind":"scheduled","actions":[{"at":60,"desired":3,"max":1000000}]}"# },
      { $0.settings.checkInterval = 0 },
      { $0.settings.checkInterval = 1 },
      { $0.settings.rates = [1e20] },
      {
        $0.settings.timeScale = 1e6; $0.settings.rateInterval = 1_000_000_000_000_000_000
      },
    ]
    for (index, change) in changes.enumerated() {
      var record = Self.fleet()
      change(&record)
      #expect(FleetSimulation.outcome(of: record) == nil, "\(index)")
    }
  }
}

import Records
import Testing

@testable import Analysis

@Suite struct FleetTests {
  private func fleet(timeScale: Double = 60) -> FleetRecord {
    let settings = FleetRecord.Settings(
      model: "threads", workers: 1, share: 0.1, usesControlGroup: false, policy: "p", policyFile: "{}",
      min: 1,
      desired: 1, max: 8, timeScale: timeScale, startUp: 0, grace: 0, drain: 0, checkInterval: 1,
      checkTimeout: 1,
      rise: 1, fall: 1, front: "built-in", balancing: "round-robin",
      objective: .init(percentile: 95, time: 200_000_000), seed: 1)
    var record = FleetRecord(host: "h", startedAt: "2026-01-02T03:04:05Z", settings: settings)
    record.duration = 100_000_000_000
    return record
  }

  private func point(_ second: UInt64, inService: Int, rate: Double = 5) -> FleetRecord.Point {
    .init(
      time: second * 1_000_000_000, rate: rate, failed: 0, latency: second * 10_000_000, desired: inService,
      inService: inService, starting: 0, draining: 0, unhealthy: 0, utilization: nil)
  }

  private func instance(_ name: String, launched: Double, inService: Double?) -> FleetRecord.Instance {
    var instance = FleetRecord.Instance(name: name, template: 1, launched: UInt64(launched * 1e9))
    instance.inService = inService.map { UInt64($0 * 1e9) }
    return instance
  }

  private func decision(at second: Double, _ current: Int, _ desired: Int, scale: Double = 60)
    -> FleetRecord.Decision
  {
    .init(
      sample: .init(
        time: second * scale, current: current, warming: 0, utilization: nil, requestsPerInstance: nil),
      desired: desired, wanted: desired, limitedBy: nil, reason: "")
  }

  private func simulated(_ points: [(time: Double, inService: Int)]) -> SimulationRecord.Policy {
    var policy = SimulationRecord.Policy(name: "p")
    policy.timeline = points.map { time, inService in
      .init(
        time: time, rate: 0, desired: inService, inService: inService, starting: 0, draining: 0,
        utilization: nil,
        response: nil, queue: 0, outside: false)
    }
    return policy
  }

  @Test("instances are late by the time from the decision that launched them, replacements are not counted")
  func delays() {
    var record = fleet()
    record.decisions = [
      decision(at: 5, 1, 1), decision(at: 10, 1, 3), decision(at: 20, 3, 2), decision(at: 30, 2, 3),
    ]
    record.instances = [
      instance("i-1", launched: 0, inService: 2), instance("i-2", launched: 10, inService: 13.5),
      instance("i-3", launched: 10.01, inService: 13), instance("i-4", launched: 15, inService: 19),
      instance("i-5", launched: 30, inService: nil),
    ]
    let outcome = FleetOutcome(record)
    #expect(outcome.delays == [3, 3.5])
    #expect((outcome.scaleOuts, outcome.scaleIns) == (2, 1))
  }

  @Test(
    "the outcome counts instances from the first in service, and CPU time per answer of those that were measured"
  )
  func outcome() {
    var record = fleet()
    record.points = [point(1, inService: 0), point(2, inService: 2), point(30, inService: 5)]
    record.instances = [
      instance("i-1", launched: 0, inService: 1), instance("i-2", launched: 40, inService: nil),
    ]
    (record.instances[0].answered, record.instances[0].cpuTime, record.instances[1].ended) = (
      10, 20_000_000, 50_000_000_000
    )
    record.instances[1].answered = 7
    record.front = FrontStatus(time: 1, requests: 20, failed: 3, cpuTime: 1_000_000)
    let outcome = FleetOutcome(record)
    #expect(outcome.inService == 2...5)
    #expect(outcome.instanceSeconds == 110)
    #expect(outcome.instanceTime == 2_000_000 && outcome.frontTime == 50_000)
    #expect(outcome.requests == 20 && outcome.failed == 3)
    #expect(outcome.samples == (all: 3, met: 2))
    #expect(outcome.latency == nil && FleetOutcome(fleet()).requests == nil)
    #expect(FleetOutcome(fleet()).inService == nil)
  }

  @Test(
    "failed requests count as over the objective, together with the late ones",
    arguments: [
      (failed: 0, late: 9, isMissed: false), (failed: 5, late: 0, isMissed: false), (5, 1, true),
      (6, 0, true),
      (1, 4, false), (1, 5, true), (100, 0, true),
    ])
  func failures(failed: Int, late: Int, isMissed: Bool) {
    var record = fleet()
    var load = LoadRecord(url: "http://h/", connections: 1, duration: 1, warmUp: 0)
    (load.sent, load.answered) = (100, UInt64(100 - failed))
    load.latency.record(1_000_000, times: UInt64(100 - failed - late))
    load.latency.record(900_000_000, times: UInt64(late))
    load.errors[.badStatus] = UInt64(failed)
    record.load = load
    // The front counts the same failures, or none of those that did not reach it.
    for counted in [failed, 0] {
      record.front = FrontStatus(
        time: 1, requests: 100, answered: UInt64(100 - counted), failed: UInt64(counted))
      let outcome = FleetOutcome(record)
      #expect(outcome.isMissedByFailures == isMissed)
      #expect(outcome.lost == (failed: UInt64(failed), requests: 100) && outcome.late == UInt64(late))
    }
    record.front?.jobs = .init(waiting: 0)
    #expect(!FleetOutcome(record).isMissedByFailures)
  }

  @Test("live and simulated counts agree for the part of the time in which they differ by at most one")
  func agreement() throws {
    var record = fleet()
    record.points = [
      point(1, inService: 2), point(2, inService: 3), point(4, inService: 5), point(5, inService: 1),
    ]
    // In the policy's seconds, 60 a wall second: the same, 1 fewer, 2 fewer, 1 fewer.
    let policy = simulated([(60, 2), (120, 2), (240, 3), (300, 0)])
    let agreement = try #require(FleetAgreement(record, policy))
    #expect(agreement.part == 0.6)
    #expect(agreement.difference == 1.2)
  }

  @Test("samples without a simulated state are not compared")
  func apart() throws {
    var record = fleet(timeScale: 1)
    record.points = [
      point(1, inService: 9), point(10, inService: 2), point(11, inService: 2), point(50, inService: 9),
    ]
    let agreement = try #require(FleetAgreement(record, simulated([(10, 2), (11, 2)])))
    #expect(agreement.part == 1)
    #expect(FleetAgreement(record, simulated([])) == nil)
    record.points = []
    #expect(FleetAgreement(record, simulated([(10, 2)])) == nil)
  }

  @Test("the nearest simulated state is found at every time")
  func nearest() {
    let policy = simulated([(60, 1), (120, 2), (180, 3)])
    let counts = [30.0, 60, 89, 91, 150.5, 180, 240].map { policy.point(nearest: $0)?.inService }
    #expect(counts == [1, 1, 1, 2, 3, 3, 3])
    #expect(policy.point(nearest: -1) == nil && policy.point(nearest: 241) == nil)
  }

  @Test("the traffic starts with the first sample that has requests")
  func start() {
    var record = fleet()
    #expect(record.trafficStart == 0)
    record.points = [
      point(1, inService: 0, rate: 0), point(2, inService: 1, rate: 0), point(3, inService: 1),
    ]
    #expect(record.trafficStart == 2)
  }
}

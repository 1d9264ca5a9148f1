import Autoscaling
import Records
import Testing

@testable import Simulation

@Suite struct GroupTests {
  /// A group of two cores per instance, and 10 ms of CPU time per request.
  private func group(_ balancing: Balancing = .leastOutstanding) -> ServiceGroup {
    ServiceGroup(
      ServedDemand(cores: 2, demand: .exponential(mean: 0.01), balancing: balancing, objective: 0.2))
  }

  private func rates(_ minutes: [Double]) throws -> ArrivalRates {
    try #require(ArrivalRates(interval: 60, rates: minutes))
  }

  private func simulate(
    _ group: ServiceGroup, _ policy: Policy, _ minutes: [Double], initial: Int,
    depth: SimulationDepth = .requests,
    max: Int = 50
  ) throws -> SimulationRecord.Policy {
    var policy = policy
    policy.bounds = Bounds(min: 1, max: max)
    return GroupSimulation(group, policy, try rates(minutes), initial: initial, seed: 11, depth: depth).run()
  }

  @Test("a group without a policy keeps its size, and its utilization is the offered load over its cores")
  func fixedSize() throws {
    for depth in SimulationDepth.allCases {
      let result = try simulate(
        group(), Policy(.none(FixedSize())), .init(repeating: 200, count: 20), initial: 2, depth: depth)
      #expect(result.minutes == 20 && result.timeline.count == 20 && result.actions == 0)
      #expect(result.timeline.allSatisfy { $0.inService == 2 && $0.desired == 2 })
      let mean = result.timeline.compactMap(\.utilization).reduce(0, +) / 20
      #expect(abs(mean - 0.5) < 0.02)
      #expect(abs(result.instanceHours - 2.0 / 3) < 1e-9 && result.minutesOutside == 0 && result.lost == 0)
    }
  }

  @Test("target tracking follows a step, late by its alarm, the start-up and a health check")
  func targetTracking() throws {
    let policy = try #require(Policy.preset(named: "target-tracking"))
    var group = group()
    group.served.demand = .exponential(mean: 0.02)
    for depth in SimulationDepth.allCases {
      let minutes = [Double](repeating: 100, count: 10) + .init(repeating: 380, count: 30)
      let result = try simulate(group, policy, minutes, initial: 3, depth: depth)
      let action = try #require(result.trace.first { $0.desired > $0.current })
      // Three periods above the target after the step at 600 s.
      #expect(action.time == 780 && action.current == 3)
      let served = try #require(result.timeline.first { $0.inService > 3 })
      #expect((840...960).contains(served.time))
      #expect(result.timeline.last?.inService == 8)
      #expect(result.minutesOutside > 2 && result.minutesOutside < 12 && result.late > 0)
    }
  }

  @Test("a failed instance loses requests until two checks found it, and is then replaced")
  func failures() throws {
    var group = group(.roundRobin)
    group.meanTimeBetweenFailures = 3600
    group.startUp = 20
    let result = try simulate(
      group, Policy(.none(FixedSize())), .init(repeating: 200, count: 120), initial: 4)
    #expect((3...16).contains(result.failures) && result.lost > 0 && result.actions == 0)
    // A failed instance gets a quarter of 200/s until a second check, after 30 to 60 s; more failures at once lose more.
    let perFailure = result.lost / Double(result.failures)
    #expect((1200...4000).contains(perFailure), "\(perFailure)")
    #expect(result.timeline.last?.desired == 4 && result.mostInService == 4)
  }

  @Test("a grace that is shorter than the start-up ends instances before they are ready")
  func shortGrace() throws {
    var group = group()
    group.served.demand = .exponential(mean: 0.1)
    group.startUp = 200
    group.grace = 60
    let policy = try #require(Policy.preset(named: "target-tracking"))
    let minutes = [Double](repeating: 60, count: 30)
    let result = try simulate(group, policy, minutes, initial: 2)
    #expect(result.endedBeforeReady > 3 && result.timeline.allSatisfy { $0.inService == 2 })
    group.grace = 300
    let patient = try simulate(group, policy, minutes, initial: 2)
    #expect(patient.endedBeforeReady == 0 && patient.timeline.last?.inService ?? 0 > 4)
  }

  @Test("a zone that fails takes its part of the instances, which start again in the others")
  func zones() throws {
    var group = group()
    (group.zones, group.zoneFailure, group.startUp) = (3, 600, 90)
    let result = try simulate(
      group, Policy(.none(FixedSize())), .init(repeating: 300, count: 20), initial: 6, depth: .fluid)
    #expect(result.failures == 2 && result.timeline.last?.inService == 6)
    // The failed instances count as in service until two checks found them.
    #expect(result.timeline.contains { $0.inService == 4 && $0.starting == 2 })
  }

  @Test(
    "the size at the start counts as the first recommendation, which the stabilization window of 300 s keeps")
  func initialRecommendation() throws {
    let policy = try #require(Policy.preset(named: "hpa"))
    let result = try simulate(group(), policy, .init(repeating: 20, count: 8), initial: 5)
    let action = try #require(result.trace.first { $0.desired < $0.current })
    #expect((300...330).contains(action.time) && action.current == 5, "\(action)")
  }

  @Test("a shrinking group drains its instances without losing requests")
  func draining() throws {
    let policy = try #require(Policy.preset(named: "hpa"))
    let minutes = [Double](repeating: 400, count: 5) + .init(repeating: 20, count: 15)
    let result = try simulate(group(), policy, minutes, initial: 5)
    #expect(result.timeline.last?.inService == 1)
    #expect(result.lost == 0 && result.unanswered < 5)
  }

  @Test("the same seed gives the same result, and another seed other requests")
  func reproducibility() throws {
    let policy = try #require(Policy.preset(named: "target-tracking"))
    var simulation = GroupSimulation(group(), policy, try rates([200, 400, 300, 100]), initial: 3, seed: 5)
    #expect(simulation.depth == .requests)
    let result = simulation.run()
    #expect(simulation.run() == result)
    simulation.seed = 6
    #expect(simulation.run().requests != result.requests)
  }

  @Test("timelines and traces are bounded, whatever the length")
  func bounds() throws {
    let weeks = [Double](repeating: 100, count: GroupSimulation.mostPoints + 20)
    let result = try simulate(group(), Policy(.none(FixedSize())), weeks, initial: 2, depth: .fluid)
    #expect(result.minutes == weeks.count && result.timeline.count <= GroupSimulation.mostPoints)
    #expect(result.trace.count <= 1)
  }

  @Test("large traffic is simulated as a fluid unless requests are asked for")
  func depth() throws {
    let day = try rates(.init(repeating: 40_000, count: 1440))
    #expect(GroupSimulation(group(), Policy(.none(FixedSize())), day).depth == .fluid)
    #expect(GroupSimulation(group(), Policy(.none(FixedSize())), day).initial == 400)
    #expect(GroupSimulation(group(), Policy(.none(FixedSize())), day, depth: .requests).depth == .requests)
  }
}

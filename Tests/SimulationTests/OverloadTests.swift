import Autoscaling
import Records
import Testing

@testable import Simulation

@Suite struct OverloadTests {
  /// A group whose instances answer 200 requests per second each, with checks every 30 s that wait for at most 5 s.
  private static func group(_ balancing: Balancing = .leastOutstanding) -> ServiceGroup {
    var group = ServiceGroup(
      ServedDemand(cores: 2, demand: .constant(0.01), discipline: .fcfs, balancing: balancing, objective: 0.2)
    )
    group.checkTimeout = 5
    return group
  }

  /// Simulates a group of a fixed size under a rate per minute, with a state every 5 s.
  private func simulate(
    _ group: ServiceGroup, _ minutes: [Double], instances: Int, _ depth: SimulationDepth
  ) throws -> SimulationRecord.Policy {
    let rates = try #require(ArrivalRates(interval: 60, rates: minutes))
    var policy = Policy(.none(FixedSize()))
    policy.bounds = Bounds(min: 0, max: 50)
    var simulation = GroupSimulation(group, policy, rates, initial: instances, seed: 7, depth: depth)
    simulation.period = 5
    return simulation.run()
  }

  @Test(
    "an overloaded instance is replaced within interval × count + timeout",
    arguments: SimulationDepth.allCases, [(30.0, 2, 5.0), (10, 3, 10), (20, 1, 5)])
  func replacement(depth: SimulationDepth, checks: (interval: Double, count: Int, timeout: Double)) throws {
    var group = Self.group()
    (group.checkInterval, group.unhealthyChecks) = (checks.interval, checks.count)
    group.checkTimeout = checks.timeout
    // The backlog grows by 4 s per second from 600 s on, which is the time of a good check.
    let minutes = [Double](repeating: 100, count: 10) + .init(repeating: 1000, count: 3)
    let result = try simulate(group, minutes, instances: 1, depth)
    let limit = 600 + checks.interval * Double(checks.count) + checks.timeout
    #expect(result.timeline.prefix { $0.time < limit }.allSatisfy { $0.inService == 1 && $0.draining == 0 })
    let state = try #require(result.timeline.first { $0.time >= limit })
    #expect(state.inService == 0 && state.draining == 1 && state.starting == 1, "\(state)")
    #expect(result.overloaded == 1 && result.failures == 0 && result.lost > 0)
  }

  @Test("without overload, checks that wait change nothing", arguments: SimulationDepth.allCases)
  func noOverload(depth: SimulationDepth) throws {
    let policy = try #require(Policy.preset(named: "target-tracking"))
    let rates = try #require(
      ArrivalRates(interval: 60, rates: .init(repeating: 150, count: 10) + .init(repeating: 250, count: 30)))
    var group = Self.group()
    group.served.demand = .exponential(mean: 0.01)
    (group.meanTimeBetweenFailures, group.startUp) = (1800, 20)
    var outcome = GroupSimulation(group, policy, rates, initial: 3, depth: depth).run()
    group.checkTimeout = nil
    let other = GroupSimulation(group, policy, rates, initial: 3, depth: depth).run()
    #expect(outcome.overloaded == 0 && other.overloaded == nil && other.failures > 0)
    outcome.overloaded = nil
    #expect(outcome == other)
  }

  @Test(
    "a kept instance gets requests again after five good checks; meanwhile a balancer that fails open loses none",
    arguments: SimulationDepth.allCases)
  func kept(depth: SimulationDepth) throws {
    var group = Self.group()
    group.replacesOverloaded = false
    let minutes = [Double](repeating: 100, count: 2) + [800, 800] + .init(repeating: 100, count: 20)
    let open = try simulate(group, minutes, instances: 2, depth)
    #expect(open.overloaded == 0 && open.lost == 0 && open.timeline.allSatisfy { $0.draining == 0 })
    #expect(open.timeline.contains { $0.inService == 0 } && open.timeline.last?.inService == 2)
    group.failsOpen = false
    let closed = try simulate(group, minutes, instances: 2, depth)
    #expect(closed.lost > 0 && closed.timeline.last?.inService == 2)
    // Without requests the backlog is soon served: five checks later both are back, and only they lose nothing.
    #expect(closed.timeline.count { $0.inService == 0 } < open.timeline.count { $0.inService == 0 })
  }

  @Test(
    "requests beyond the connections of the clients wait there, and no check waits behind them",
    arguments: SimulationDepth.allCases)
  func connections(depth: SimulationDepth) throws {
    var group = Self.group()
    // 400 requests take 2 s on one instance, and more than the timeout without a limit.
    group.served.connections = 400
    let minutes = [Double](repeating: 300, count: 5) + .init(repeating: 50, count: 5)
    let limited = try simulate(group, minutes, instances: 1, depth)
    #expect(limited.overloaded == 0 && limited.lost == 0 && limited.unanswered < 5)
    #expect(limited.timeline.contains { $0.queue > 10_000 })
    group.served.connections = .max
    #expect(try simulate(group, minutes, instances: 1, depth).overloaded ?? 0 > 0)
  }

  @Test("checks of instances behind a central queue do not wait", arguments: SimulationDepth.allCases)
  func central(depth: SimulationDepth) throws {
    let result = try simulate(
      Self.group(.central), .init(repeating: 1000, count: 10), instances: 2, depth)
    #expect(result.overloaded == 0 && result.timeline.allSatisfy { $0.inService == 2 })
  }

  @Test("both depths replace about as many instances of a group whose policy scales too late")
  func depths() throws {
    let policy = try #require(Policy.preset(named: "target-tracking"))
    let rates = try #require(
      ArrivalRates(interval: 60, rates: .init(repeating: 300, count: 10) + .init(repeating: 900, count: 30)))
    let outcomes = SimulationDepth.allCases.map { depth in
      GroupSimulation(Self.group(), policy, rates, initial: 3, seed: 3, depth: depth).run()
    }
    let replaced = outcomes.compactMap(\.overloaded)
    let (least, most) = (replaced.min() ?? 0, replaced.max() ?? 0)
    #expect(least >= 3 && most <= 2 * least, "\(replaced)")
  }
}

import Autoscaling
import Records

/// The depth of a simulation.
public enum SimulationDepth: String, CaseIterable, Sendable {
  /// Every request.
  case requests
  /// Rates, and responses by formula. The utilization that a policy sees varies by chance, so the instances agree with those of
  /// every request about as often as those of two seeds do: in 94 to 100 % of the minutes.
  case fluid
}

/// A simulation of a group under a policy, in virtual time.
public struct GroupSimulation: Equatable, Sendable {
  /// The greatest number of requests that is simulated one by one unless it is asked for: about a second of computing.
  public static let mostRequests = 5e6
  /// The most points of a timeline: a week of minutes. Of more minutes, it has every second, third and so on.
  public static let mostPoints = 10_080
  /// The most decisions of a trace.
  public static let mostDecisions = 10_000

  /// The group.
  public var group: ServiceGroup
  /// The policy.
  public var policy: Policy
  /// The instances in service at the start.
  public var initial: Int
  /// The traffic.
  public var rates: ArrivalRates
  /// The seed of arrivals, demands and failures.
  public var seed: UInt64
  /// The depth.
  public var depth: SimulationDepth
  /// The seconds between the points of the timeline, which the outcome counts as minutes (default: a minute).
  public var period = 60.0
  /// The seconds of the simulation per second of a live fleet that it imitates (default: 1). The policy's metrics have requests per
  /// live second.
  public var timeScale = 1.0

  /// Creates a simulation.
  ///
  /// - Parameters:
  ///   - initial: The instances in service at the start (default: that of the policy, or else those that are half busy).
  ///   - depth: The depth (default: requests if they are at most `mostRequests`).
  public init(
    _ group: ServiceGroup, _ policy: Policy, _ rates: ArrivalRates, initial: Int? = nil, seed: UInt64 = 1,
    depth: SimulationDepth? = nil
  ) {
    let load = (rates.rates.first ?? 0) * group.served.demand.mean
    let half = Int(min(1e6, (2 * load / Double(group.served.cores)).rounded(.up)))
    let start = initial ?? policy.initial ?? half
    self.initial = min(max(start, policy.bounds.min), policy.bounds.max)
    (self.group, self.policy, self.rates, self.seed) = (group, policy, rates, seed)
    self.depth = depth ?? (rates.mean * rates.duration <= Self.mostRequests ? .requests : .fluid)
  }

  /// Runs the simulation. The outcome depends on nothing but its values, and has no cost.
  public func run() -> SimulationRecord.Policy {
    switch depth {
    case .requests:
      var run = GroupRun(self, RequestTraffic(group.served, rates, seed: seed))
      return run.run()
    case .fluid:
      var run = GroupRun(self, FluidTraffic(group.served, rates, seed: seed))
      return run.run()
    }
  }
}

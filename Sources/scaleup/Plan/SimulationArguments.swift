import Analysis
import Arguments
import Autoscaling
import Formatting
import Records
import Simulation

/// The options of simulated policies.
struct SimulationArguments {
  private let instances: SimulatedGroupArguments
  private let requests: SimulatedRequestArguments
  /// The options that were given and need a policy.
  private let given: [String]

  init(_ line: inout ArgumentLine) {
    line.group("Simulated instances")
    instances = SimulatedGroupArguments(&line)
    requests = SimulatedRequestArguments(&line)
    given = (SimulatedGroupArguments.names + SimulatedRequestArguments.names).filter(line.given.contains)
  }

  /// Returns the simulation of policies; `nil` if there are none.
  ///
  /// - Throws: `UsageError` if something is missing.
  func simulation(
    _ policies: [Policy], _ traffic: PlanTrafficArguments.Plan, _ sizes: [PlannedSize],
    objective: LatencyObjective?
  ) throws(UsageError) -> SimulationRecord? {
    if policies.isEmpty {
      if let option = given.first {
        throw .other("--\(option) has no effect without --policy (add --policy hpa)")
      }
      return nil
    }
    guard let size = sizes.first, sizes.count == 1 else {
      throw .other(
        sizes.isEmpty
          ? "missing demand for --policy (add --demand 8ms or --from run.json)"
          : "--policy needs one size of instance (leave one number in --cores)")
    }
    guard let objective else { throw .other("missing --slo for --policy (try --slo p95:200ms)") }
    try instances.check()
    for policy in policies {
      if case .kedaJob = policy.rule {
        throw .other(
          "policy \(policy.name): jobs that each have an instance are not simulated (expected a policy of a group)"
        )
      }
    }
    guard
      let rates = traffic.rates
        ?? TrafficShape.daily.rates(
          mean: traffic.traffic.mean, peak: traffic.traffic.peakFactor ?? TrafficShape.defaultPeak)
    else { return nil }
    try checkLength(rates)
    return record(policies, rates, size, objective, shape: traffic.traffic.shape ?? "daily")
  }

  /// The longest time that is simulated, in seconds: a leap year.
  private static let mostTime = 366 * 86_400.0
  /// The most requests that are simulated one by one: some minutes of computing.
  private static let mostRequests = 2e9

  private func checkLength(_ rates: ArrivalRates) throws(UsageError) {
    if rates.duration > Self.mostTime {
      throw .other(
        "the traffic is \(Readable.grouped(rates.duration / 86_400)) days long (expected at most 366 for --policy)"
      )
    }
    let count = rates.mean * rates.duration
    if requests.depth == .requests, count > Self.mostRequests {
      throw .other("\(Readable.large(count)) requests are too many to simulate each (use --depth fluid)")
    }
  }

  private func record(
    _ policies: [Policy], _ rates: ArrivalRates, _ size: PlannedSize, _ objective: LatencyObjective,
    shape: String
  ) -> SimulationRecord {
    let group = group(of: size, objective)
    let simulations = policies.map {
      GroupSimulation(group, $0, rates, seed: requests.seed, depth: requests.depth)
    }
    let isFluid = simulations.contains { $0.depth == .fluid }
    let assumptions = assumptions(group, isFluid: isFluid, shape: shape)
    var record = SimulationRecord(
      depth: (isFluid ? SimulationDepth.fluid : .requests).rawValue, seed: requests.seed,
      duration: rates.duration,
      cores: size.cores,
      demand: group.served.demand.mean * 1e9, assumptions: assumptions, objective: objective)
    for simulation in simulations {
      var outcome = simulation.run()
      outcome.cost = size.price.map { $0 * outcome.instanceHours }
      record.policies.append(outcome)
    }
    return record
  }

  private func assumptions(_ group: ServiceGroup, isFluid: Bool, shape: String) -> [String] {
    let served = group.served
    let mean = Readable.duration(nanoseconds: served.demand.mean * 1e9)
    let wait = group.checkTimeout.map { timeout in
      ", which waits behind requests for at most \(Readable.plain(timeout)) s"
        + (group.replacesOverloaded ? "" : " (overloaded instances are kept)")
    }
    return [
      isFluid ? "depth fluid: rates, and responses by formula" : "depth requests: every request",
      "traffic \(shape), Poisson arrivals",
      "demand \(mean), \(requests.isConstant ? "constant" : "exponential")",
      "\(Readable.count(served.cores, "core")) per instance, "
        + (served.discipline == .sharing ? "shared by its requests" : "first come, first served"),
      "balancing \(served.balancing.rawValue)", "start-up \(Readable.plain(group.startUp)) s",
      "health check every \(Readable.plain(group.checkInterval)) s\(wait ?? ""), \(group.unhealthyChecks) failed ones end an "
        + "instance, grace \(Readable.plain(group.grace)) s",
    ]
  }

  private func group(of size: PlannedSize, _ objective: LatencyObjective) -> ServiceGroup {
    // A scaling law makes each core slower.
    let mean = size.demand.value / 1e9 * Double(size.cores) / size.effectiveCores
    var group = ServiceGroup(
      requests.served(cores: size.cores, demand: mean, objective: Double(objective.time) / 1e9))
    instances.set(&group)
    group.percentile = objective.percentile
    return group
  }
}

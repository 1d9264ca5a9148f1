import Analysis
import Arguments
import Autoscaling
import Formatting
import Records
import Simulation

/// The options of simulated policies.
struct SimulationArguments {
  private let balancing: Balancing
  private let discipline: Discipline
  private let isConstant: Bool
  private let startUp, checkInterval, grace, drainTime: Double
  private let unhealthyChecks, zones: Int
  private let zoneFailure, meanTimeBetweenFailures: Double?
  private let depth: SimulationDepth?
  private let seed: UInt64
  /// The options that were given and need a policy.
  private let given: [String]

  private enum Service: String, CaseIterable { case exponential, constant }

  init(_ line: inout ArgumentLine) {
    line.group("Simulated instances")
    func time(_ name: String, _ standard: String, _ help: String) -> Option<Double> {
      Option(name, "TIME", .time(in: 0...1e7, example: standard), help: "\(help) (default: \(standard))")
    }
    startUp = line.value(of: time("start-up", "60s", "time from launch until an instance can answer")) ?? 60
    grace =
      line.value(of: time("grace", "300s", "time after launch before failed checks cause a replacement"))
      ?? 300
    checkInterval =
      line.value(
        of: Option(
          "check-interval", "TIME", .time(in: 0.1...86_400, example: "30s"),
          help: "time between health checks (default: 30s)")) ?? 30
    unhealthyChecks =
      line.value(
        of: Option(
          "check-count", "COUNT", .count(in: 1...1000, example: "2"),
          help: "failed checks until an instance is replaced (default: 2)")) ?? 2
    drainTime = line.value(of: time("drain", "300s", "time limit of an instance's last requests")) ?? 300
    meanTimeBetweenFailures = line.value(
      of: Option(
        "mtbf", "TIME", .time(in: 1...1e12, example: "30d"),
        help: "mean time between failures of an instance (default: no failures)"))
    zones =
      line.value(
        of: Option(
          "zones", "COUNT", .count(in: 1...100, example: "3"),
          help: "zones that instances are spread over (default: 1)")) ?? 1
    zoneFailure = line.value(
      of: Option(
        "zone-failure", "TIME", .time(in: 0...1e9, example: "12h"),
        help: "time at which a zone fails (default: never)"))
    balancing =
      line.value(
        of: Option(
          "balancing", "RULE", .choice(of: Balancing.allCases),
          help: "round-robin, least-outstanding, or one central queue (default: least-outstanding)"))
      ?? .leastOutstanding
    discipline =
      line.value(
        of: Option(
          "discipline", "RULE", .choice(of: Discipline.allCases),
          help: "sharing (of cores) or fcfs, first come first served (default: sharing)")) ?? .sharing
    isConstant =
      line.value(
        of: Option<Service>(
          "distribution", "NAME", .choice(of: Service.allCases),
          help: "distribution of the demand: exponential or constant (default: exponential)")) == .constant
    depth = line.value(
      of: Option(
        "depth", "DEPTH", .choice(of: SimulationDepth.allCases),
        help: "requests (one by one) or fluid (as rates; default above 5·10^6 requests)"))
    seed =
      line.value(
        of: Option(
          "seed", "NUMBER", .wholeNumber(in: 0...UInt64.max, example: "1"),
          help: "seed of arrivals, demands and failures (default: 1)")) ?? 1
    given = [
      "start-up", "grace", "check-interval", "check-count", "drain", "mtbf", "zones", "zone-failure",
      "balancing",
      "discipline", "distribution", "depth", "seed",
    ].filter(line.given.contains)
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
    if zoneFailure != nil, zones < 2 { throw .other("--zone-failure needs at least 2 zones (add --zones 2)") }
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
    let requests = rates.mean * rates.duration
    if depth == .requests, requests > Self.mostRequests {
      throw .other("\(Readable.large(requests)) requests are too many to simulate each (use --depth fluid)")
    }
  }

  private func record(
    _ policies: [Policy], _ rates: ArrivalRates, _ size: PlannedSize, _ objective: LatencyObjective,
    shape: String
  ) -> SimulationRecord {
    let group = group(of: size, objective)
    let simulations = policies.map { GroupSimulation(group, $0, rates, seed: seed, depth: depth) }
    let isFluid = simulations.contains { $0.depth == .fluid }
    let assumptions = [
      isFluid ? "depth fluid: rates, and responses by formula" : "depth requests: every request",
      "traffic \(shape), Poisson arrivals",
      "demand \(Readable.duration(nanoseconds: group.served.demand.mean * 1e9)), \(isConstant ? "constant" : "exponential")",
      "\(Readable.count(size.cores, "core")) per instance, "
        + (group.served.discipline == .sharing ? "shared by its requests" : "first come, first served"),
      "balancing \(balancing.rawValue)", "start-up \(Readable.plain(startUp)) s",
      "health check every \(Readable.plain(checkInterval)) s, \(unhealthyChecks) failed ones end an instance, grace \(Readable.plain(grace)) s",
    ]
    var record = SimulationRecord(
      depth: (isFluid ? SimulationDepth.fluid : .requests).rawValue, seed: seed, duration: rates.duration,
      cores: size.cores,
      demand: group.served.demand.mean * 1e9, assumptions: assumptions, objective: objective)
    for simulation in simulations {
      var outcome = simulation.run()
      outcome.cost = size.price.map { $0 * outcome.instanceHours }
      record.policies.append(outcome)
    }
    return record
  }

  private func group(of size: PlannedSize, _ objective: LatencyObjective) -> ServiceGroup {
    // A scaling law makes each core slower.
    let mean = size.demand.value / 1e9 * Double(size.cores) / size.effectiveCores
    var group = ServiceGroup(
      ServedDemand(
        cores: size.cores, demand: isConstant ? .constant(mean) : .exponential(mean: mean),
        discipline: discipline,
        balancing: balancing, objective: Double(objective.time) / 1e9))
    (group.startUp, group.grace, group.checkInterval) = (startUp, grace, checkInterval)
    (group.unhealthyChecks, group.drainTime, group.zones) = (unhealthyChecks, drainTime, zones)
    (group.zoneFailure, group.meanTimeBetweenFailures) = (zoneFailure, meanTimeBetweenFailures)
    group.percentile = objective.percentile
    return group
  }
}

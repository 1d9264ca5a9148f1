import Analysis
import Autoscaling
import Harness
import Records
import Simulation

/// The simulation of the traffic that a fleet served, under the same policy.
///
/// The simulation's clock runs in the policy's seconds, of which there are `timeScale` per wall second. A rate of r requests per wall
/// second is r / `timeScale` per second of the policy, and a request that takes d wall seconds takes d · `timeScale` of them, so that
/// the utilization r · d is the same on both clocks, and so is the number of requests that wait.
///
/// An instance of the fleet has a share of a core. It is simulated as one whole core on which a request takes its CPU time / share:
/// the measured CPU time of all instances over the requests that they answered, the same for every request, in the order of arrival.
/// Health checks wait behind the requests at an instance, so one that is overloaded is replaced as in the fleet. The clients have as
/// many connections as those of the fleet; more requests wait at the clients, and no check waits behind them.
///
/// The simulation begins with the traffic, with the desired instances in service. Its arrivals are a Poisson process of their own.
/// It leaves out what only a live fleet has: the time until a process runs, faults, rolling replacements and the noise of the machine.
enum FleetSimulation {
  /// The most steps that are simulated: a second or two of computing.
  private static let mostSteps = 1e6
  /// The greatest rate and time per request that are simulated, on the policy's clock.
  private static let (mostRate, mostDemand) = (1e6, 1e6)
  /// The longest time that is simulated, in the policy's seconds: a leap year.
  private static let mostTime = 366 * 86_400.0

  /// Returns the outcome of the simulation, with times in the policy's seconds since the start of the fleet; `nil` without built-in
  /// traffic, without answers, for sizes that no fleet has, or if it would take too long.
  static func outcome(of record: FleetRecord) -> SimulationRecord.Policy? {
    guard let simulation = simulation(of: record) else { return nil }
    var outcome = simulation.run()
    let start = record.trafficStart * record.settings.timeScale
    for index in outcome.timeline.indices { outcome.timeline[index].time += start }
    for index in outcome.trace.indices { outcome.trace[index].time += start }
    return outcome
  }

  /// Returns the simulation of a fleet; `nil` as in `outcome`.
  static func simulation(of record: FleetRecord) -> GroupSimulation? {
    let settings = record.settings
    guard let policy = policy(settings), let rates = rates(record), let demand = demand(record),
      hasSizes(settings), rates.peak <= mostRate, demand <= mostDemand
    else { return nil }
    var group = ServiceGroup(
      ServedDemand(
        cores: 1, demand: .constant(demand), discipline: .fcfs, balancing: balancing(settings),
        objective: policySeconds(settings.objective.time, settings)))
    if let load = record.load { group.served.connections = max(1, load.connections) }
    group.startUp = policySeconds(settings.startUp, settings)
    group.checkInterval = policySeconds(settings.checkInterval, settings)
    group.checkTimeout = policySeconds(settings.checkTimeout, settings)
    // An event loop goes through the requests that are ready between accepting a check and reading it.
    group.checkPasses = 2
    (group.unhealthyChecks, group.healthyChecks) = (max(1, settings.fall), max(1, settings.rise))
    // The record has the name that HAProxy gives itself, with its version.
    group.failsOpen = !settings.front.lowercased().hasPrefix("haproxy")
    (group.grace, group.startsInGrace) = (policySeconds(settings.grace, settings), true)
    group.drainTime = policySeconds(settings.drain, settings)
    group.percentile = settings.objective.percentile
    var simulation = GroupSimulation(group, policy, rates, initial: settings.desired, seed: settings.seed)
    // A point per wall second, or per minute of the policy if that is more often.
    (simulation.period, simulation.timeScale) = (min(60, max(1, settings.timeScale)), settings.timeScale)
    let step = min(group.checkInterval, policy.interval, simulation.period)
    guard step > 0, rates.duration <= mostTime, rates.duration / step <= mostSteps else { return nil }
    return simulation
  }

  /// Whether the sizes of the group are those of a fleet: also the least one costs time for each of its instances.
  private static func hasSizes(_ settings: FleetRecord.Settings) -> Bool {
    let sizes = [0, settings.min, settings.desired, settings.max, FleetRecord.mostInstances]
    return sizes == sizes.sorted()
  }

  private static func policySeconds(_ nanoseconds: UInt64, _ settings: FleetRecord.Settings) -> Double {
    Double(nanoseconds) / 1e9 * settings.timeScale
  }

  /// Returns the way in which requests reach instances: that of the balancer, or one queue if the front is one.
  private static func balancing(_ settings: FleetRecord.Settings) -> Balancing {
    let isQueue = ["queue", "redis"].contains { settings.front.hasPrefix($0) }
    return isQueue ? .central : Balancing(rawValue: settings.balancing) ?? .leastOutstanding
  }

  /// Returns the policy with the bounds of the fleet; `nil` if it cannot be read, starts an instance per job, or schedules a size
  /// that no fleet has.
  private static func policy(_ settings: FleetRecord.Settings) -> Policy? {
    guard var policy = try? JSON.decode(Policy.self, from: settings.policyFile) else { return nil }
    if case .kedaJob = policy.rule { return nil }
    if policy.rule.greatestScheduledSize > FleetRecord.mostInstances { return nil }
    policy.bounds = Bounds(min: settings.min, max: settings.max)
    policy.initial = settings.desired
    return policy
  }

  /// Returns the rates per second of the policy, up to the end of the fleet; `nil` without built-in traffic.
  private static func rates(_ record: FleetRecord) -> ArrivalRates? {
    let settings = record.settings
    guard let rates = settings.rates, let interval = settings.rateInterval, interval > 0 else { return nil }
    let served = Double(record.duration) / 1e9 - record.trafficStart
    let count = (served / (Double(interval) / 1e9)).rounded(.up)
    guard count >= 1 else { return nil }
    return ArrivalRates(
      interval: policySeconds(interval, settings),
      rates: rates.prefix(Int(min(count, 1e9))).map { $0 / settings.timeScale })
  }

  /// Returns the time per request on one instance in the policy's seconds; `nil` if nothing was answered or measured.
  private static func demand(_ record: FleetRecord) -> Double? {
    guard let time = FleetOutcome(record).instanceTime, time > 0 else { return nil }
    return time / 1e9 / record.settings.share * record.settings.timeScale
  }
}

import Autoscaling
import Records

/// A simulation that runs: the instances of a group, their traffic and the times of what happens next.
struct GroupRun<Traffic: ServedTraffic> {
  let simulation: GroupSimulation
  var traffic: Traffic
  var now = 0.0
  var desired: Int
  var instances: [Instance] = []
  var memory: PolicyMemory
  var timeline: TimelineBuilder
  private var random: RandomNumbers
  private var hasZoneFailed = false
  private var nextCheck: Double
  private var nextDecision: Double
  private var nextMinute: Double
  private var lastDecision = 0.0

  init(_ simulation: GroupSimulation, _ traffic: Traffic) {
    (self.simulation, self.traffic) = (simulation, traffic)
    desired = simulation.initial
    memory = PolicyMemory(startingWith: simulation.initial, at: 0)
    random = RandomNumbers(seed: simulation.seed, .failures)
    nextCheck = simulation.group.checkInterval
    nextDecision = simulation.policy.interval
    nextMinute = simulation.period
    timeline = TimelineBuilder(simulation)
  }

  var group: ServiceGroup { simulation.group }

  /// Runs to the end of the traffic.
  mutating func run() -> SimulationRecord.Policy {
    let end = simulation.rates.duration
    for _ in 0..<desired { launch(isReady: true) }
    while now < end {
      let next = min(end, nextCheck, nextDecision, nextMinute, nextIncident)
      advance(to: next)
      failInstances()
      endDrained()
      failChecks()
      if now >= nextCheck {
        check()
        nextCheck += group.checkInterval
      }
      if now >= nextDecision {
        decide()
        nextDecision += simulation.policy.interval
      }
      directRequests()
      if now >= nextMinute || now >= end {
        collectBusyTimes()
        timeline.endMinute(self)
        traffic.window = TrafficWindow()
        traffic.responses.removeAll()
        nextMinute += simulation.period
      }
    }
    return timeline.result(self)
  }

  /// The time of the next failure of an instance or of a check, or of the end of a drain.
  private var nextIncident: Double {
    var next = hasZoneFailed ? .infinity : group.zoneFailure ?? .infinity
    for instance in instances {
      if !instance.hasFailed { next = min(next, instance.fails) }
      if let end = instance.drainEnd { next = min(next, end) }
      if let end = instance.checkFails { next = min(next, end) }
    }
    return max(next, now)
  }

  private mutating func advance(to time: Double) {
    traffic.advance(to: time)
    let inService = instances.count(where: \.isServing)
    timeline.pass(time - now, instances: instances.count, inService: inService)
    now = time
  }

  private mutating func failInstances() {
    let zoneFails = !hasZoneFailed && group.zoneFailure.map { $0 <= now } ?? false
    if zoneFails { hasZoneFailed = true }
    for index in instances.indices where !instances[index].hasFailed {
      guard instances[index].fails <= now || (zoneFails && instances[index].zone == 0) else { continue }
      instances[index].hasFailed = true
      if let number = instances[index].number { traffic.fail(number) }
      timeline.failures += 1
    }
  }

  private mutating func endDrained() {
    for index in instances.indices.reversed() {
      guard let end = instances[index].drainEnd else { continue }
      let isDrained = instances[index].number.map { traffic.isDrained($0) } ?? true
      if end <= now || isDrained { remove(at: index) }
    }
  }

  mutating func remove(at index: Int) {
    if let number = instances[index].number { traffic.remove(number) }
    instances.remove(at: index)
  }

  /// Launches or ends instances until their number is the desired one.
  mutating func resize() {
    let alive = instances.count { !$0.isDraining }
    if alive < desired {
      for _ in alive..<desired { launch(isReady: false) }
    } else {
      for _ in desired..<alive { endOne() }
    }
  }

  private mutating func launch(isReady: Bool) {
    // The zone with the fewest instances; of several, the first.
    var counts = [Int](repeating: 0, count: group.zones)
    for instance in instances where !instance.isDraining { counts[instance.zone] += 1 }
    let zones = counts.indices.filter { !(hasZoneFailed && $0 == 0 && counts.count > 1) }
    let zone = zones.min { counts[$0] < counts[$1] } ?? 0
    let life = group.meanTimeBetweenFailures.map { $0 * random.exponential() } ?? .infinity
    let launched = isReady ? -group.startUp - group.grace - 86_400 : now
    instances.append(
      Instance(
        zone: zone, launched: launched,
        graceEnd: isReady && group.startsInGrace ? now + group.grace : launched + group.grace,
        ready: isReady ? now : now + group.startUp, fails: now + life))
    if isReady {
      putInService(instances.count - 1)
      instances[instances.count - 1].inServiceSince = launched
    }
  }

  /// Ends an instance: one that is not in service yet, or else an unhealthy one, or else the youngest of the fullest zone. The last
  /// two drain.
  private mutating func endOne() {
    let alive = instances.indices.filter { !instances[$0].isDraining }
    if let starting = alive.last(where: { instances[$0].number == nil }) {
      remove(at: starting)
      return
    }
    if let unhealthy = alive.last(where: { instances[$0].isUnhealthy }) {
      drain(at: unhealthy)
      return
    }
    var counts = [Int](repeating: 0, count: group.zones)
    for index in alive { counts[instances[index].zone] += 1 }
    let fullest = counts.max() ?? 0
    guard let index = alive.last(where: { counts[instances[$0].zone] == fullest }) else { return }
    drain(at: index)
  }

  mutating func drain(at index: Int) {
    if let number = instances[index].number { traffic.drain(number) }
    (instances[index].drainEnd, instances[index].checkFails) = (now + group.drainTime, nil)
  }

  /// Reads the core time of all instances in service.
  mutating func collectBusyTimes() {
    let places = instances.indices.filter { instances[$0].isServing }
    let times = traffic.takeBusyTimes(of: places.compactMap { instances[$0].number })
    for (place, time) in zip(places, times) {
      instances[place].busyTime += time
      timeline.busyTime += time
    }
  }
}

/// Decisions.
extension GroupRun {
  private mutating func decide() {
    collectBusyTimes()
    let observation = observe()
    let decision = simulation.policy.decide(on: observation, remembering: &memory)
    timeline.trace(decision, on: observation)
    for index in instances.indices { instances[index].busyTime = 0 }
    lastDecision = now
    if decision.desired != desired {
      desired = decision.desired
      resize()
    }
  }

  /// Returns the state of the group as a policy sees it, since the last decision.
  private mutating func observe() -> Observation {
    let warmUp = simulation.policy.warmUp
    let alive = instances.filter { !$0.isDraining }
    let warm = alive.filter { instance in instance.inServiceSince.map { now - $0 >= warmUp } ?? false }
    let time = now - lastDecision
    let requests = timeline.takeRequests(traffic.window.requests)
    var metrics: [String: Double] = [:]
    if !warm.isEmpty, time > 0 {
      let busy = warm.reduce(0) { $0 + $1.busyTime }
      let cores = Double(warm.count * group.served.cores)
      metrics[Metric.utilization] = 100 * min(1, busy / (cores * time))
      metrics[Metric.requests] = requests / time / Double(warm.count) * simulation.timeScale
    }
    var pods: [Pod] = []
    if case .hpa = simulation.policy.rule { pods = instances.map { pod($0, over: time) } }
    return Observation(
      time: now, current: desired, warming: alive.count - warm.count, metrics: metrics, pods: pods,
      queue: traffic.waiting)
  }

  private func pod(_ instance: Instance, over time: Double) -> Pod {
    let cores = Double(group.served.cores)
    let since = instance.inServiceSince
    // An instance has no sample of a period in which it was not in service throughout.
    let isSampled = since.map { now - $0 >= time } ?? false
    return Pod(
      usage: isSampled && time > 0 ? [cpuResource: instance.busyTime / time] : [:],
      requests: [cpuResource: cores], isReady: since != nil && !instance.hasFailed && !instance.isUnhealthy,
      phase: instance.isDraining ? .gone : since == nil ? .pending : .running, started: instance.launched,
      changed: instance.changed ?? since ?? instance.launched)
  }
}

import Autoscaling
import Records

/// Adds up what happens in a simulation, minute by minute.
struct TimelineBuilder {
  private var result: SimulationRecord.Policy
  private let percentile: Double
  /// The minutes per point.
  private let stride: Int
  private var responses = LatencyHistogram()
  /// The core time in the minute, used and in service, and the time of the minute.
  var busyTime = 0.0
  private var coreTime = 0.0
  private var length = 0.0
  private let cores: Int
  /// The requests before the minute since the last decision, and in the minute before it.
  private var earlierRequests = 0.0
  private var countedRequests = 0.0
  private var last: Decision?
  private var answered = 0.0

  var failures: Int {
    get { result.failures }
    set { result.failures = newValue }
  }
  var endedBeforeReady: Int {
    get { result.endedBeforeReady }
    set { result.endedBeforeReady = newValue }
  }

  /// The overloaded instances that were replaced; `nil` if checks do not wait.
  var overloaded: Int {
    get { result.overloaded ?? 0 }
    set { result.overloaded = newValue }
  }

  init(_ simulation: GroupSimulation) {
    result = SimulationRecord.Policy(name: simulation.policy.name)
    result.overloaded = simulation.group.checkTimeout.map { _ in 0 }
    percentile = simulation.group.percentile
    cores = simulation.group.served.cores
    let minutes = Int(simulation.rates.duration / simulation.period) + 1
    stride = (minutes + GroupSimulation.mostPoints - 1) / GroupSimulation.mostPoints
  }

  /// Counts a time in which the instances did not change.
  mutating func pass(_ time: Double, instances: Int, inService: Int) {
    result.instanceHours += time * Double(instances) / 3600
    coreTime += time * Double(inService * cores)
    length += time
    result.mostInService = max(result.mostInService, inService)
  }

  /// Returns the requests since the last call, of a window that begins anew every minute.
  mutating func takeRequests(_ inMinute: Double) -> Double {
    defer { (earlierRequests, countedRequests) = (0, inMinute) }
    return earlierRequests + inMinute - countedRequests
  }

  /// Ends a minute.
  mutating func endMinute(_ run: GroupRun<some ServedTraffic>) {
    let window = run.traffic.window
    earlierRequests += window.requests - countedRequests
    countedRequests = 0
    let bad = window.late + window.lost
    // A little more is allowed for rounding. A minute with requests and no answer is outside.
    let isOutside =
      bad > (1 - percentile / 100) * window.requests * (1 + 1e-9)
      || (window.requests > 0 && window.answered == 0)
    result.minutes += 1
    if isOutside { result.minutesOutside += 1 }
    result.requests += window.requests
    result.late += window.late
    result.lost += window.lost
    answered += window.answered
    try? responses.merge(run.traffic.responses)
    if result.minutes % stride == 0 {
      result.timeline.append(point(run, window, isOutside: isOutside))
    }
    (busyTime, coreTime, length) = (0, 0, 0)
  }

  private func point(
    _ run: GroupRun<some ServedTraffic>, _ window: TrafficWindow, isOutside: Bool
  ) -> SimulationRecord.Point {
    SimulationRecord.Point(
      time: run.now, rate: length > 0 ? window.requests / length : 0, desired: run.desired,
      inService: run.instances.count(where: \.isInService),
      starting: run.instances.count { $0.number == nil },
      draining: run.instances.count(where: \.isDraining),
      utilization: coreTime > 0 ? busyTime / coreTime : nil,
      response: run.traffic.responses.time(atPercentile: percentile), queue: run.traffic.waiting,
      outside: isOutside)
  }

  /// Keeps a decision if it changes something, or if it is not the same as the one before.
  mutating func trace(_ decision: Decision, on observation: Observation) {
    let isAction = decision.desired != observation.current
    if isAction { result.actions += 1 }
    let isRepeated =
      last?.desired == decision.desired && last?.wanted == decision.wanted
      && last?.limitedBy == decision.limitedBy
    last = decision
    if isRepeated, !isAction { return }
    if result.trace.count == GroupSimulation.mostDecisions {
      result.untraced += 1
      return
    }
    result.trace.append(
      .init(
        time: observation.time, utilization: observation.metrics[Metric.utilization].map { $0 / 100 },
        queue: observation.queue ?? 0, current: observation.current, wanted: decision.wanted,
        limitedBy: decision.limitedBy?.rawValue, desired: decision.desired, reason: decision.reason))
  }

  /// Returns the whole result.
  func result(_ run: GroupRun<some ServedTraffic>) -> SimulationRecord.Policy {
    var result = result
    result.unanswered = max(0, result.requests - answered - result.lost)
    result.response = responses.time(atPercentile: percentile)
    return result
  }
}

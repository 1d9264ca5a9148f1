import Records

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Traffic as a fluid: requests come at their mean rate, are served up to the capacity, and form a backlog above it. Responses are
/// those of the formulas of `ResponseTable`, and a backlog delays them by the time that it takes to serve it. The backlog is spread
/// evenly over the instances that serve; one that drains keeps its part.
///
/// The core times that a policy sees vary by chance, as those of requests do: over a period much longer than a response, the variance
/// of the time that Poisson arrivals use is their number times the mean square of the demand. Without that, a rule that takes the
/// greatest of several samples, as the stabilization window of Kubernetes does, would keep too few instances. Requests, answers
/// and backlogs do not vary.
struct FluidTraffic: ServedTraffic {
  private enum State { case serving, failed, draining, gone }

  /// The last requests of an instance that drains.
  private struct Rest {
    var backlog: Double
    /// The time by which the backlog delays its answers.
    let delay: Double
    /// The core time used since it was last taken.
    var busyTime: Double
  }

  /// The longest step in seconds while there is a backlog.
  private static let step = 1.0

  private let served: ServedDemand
  private let rates: ArrivalRates
  private var table: ResponseTable
  private var now = 0.0
  private var states: [State] = []
  private var serving = 0
  /// The failed instances that the balancer still sends requests to.
  private var failed = 0
  private var backlog = 0.0
  private var queued = 0.0
  /// The core time of an instance that serves since the start, and what was taken of it.
  private var busyTime = 0.0
  private var taken: [Double] = []
  /// The variance of the core time of all instances since it was last taken.
  private var variance = 0.0
  private let squaredDemand: Double
  private var random: RandomNumbers
  /// The rest of each instance; `nil` unless it drains and has not failed.
  private var rests: [Rest?] = []
  /// The fraction of a request that each part of the responses is behind.
  private var carries = [Double](repeating: 0, count: ResponseTable.parts.count)
  var window = TrafficWindow()
  var responses = LatencyHistogram()

  init(_ served: ServedDemand, _ rates: ArrivalRates, seed: UInt64 = 1) {
    (self.served, self.rates) = (served, rates)
    squaredDemand = served.demand.mean * served.demand.mean * (1 + served.demand.variation)
    random = RandomNumbers(seed: seed, .samples)
    table = ResponseTable(served)
  }

  var waiting: Double { backlog + queued + rests.reduce(0) { $0 + ($1?.backlog ?? 0) } }

  private var capacity: Double { Double(serving * served.cores) / served.demand.mean }

  /// The backlog at the instances; the rest of it waits at the clients.
  private var presentBacklog: Double { min(backlog, mostWaiting) }

  /// The most requests that wait at the instances.
  private var mostWaiting: Double {
    if served.balancing == .central { return .infinity }
    return max(0, Double(served.connections) - Double(serving * served.cores))
  }

  mutating func advance(to end: Double) {
    while now < end {
      let (rate, next) = rates.rate(at: now)
      var until = min(end, next)
      if serving == 0, served.balancing != .central {
        // Requests that wait find no instance either.
        window.lost += backlog
        backlog = 0
      }
      let lost = lostShare
      let accepted = rate * (1 - lost)
      let hasRest = rests.contains { $0 != nil }
      if backlog > 0 || hasRest || accepted > capacity * ResponseTable.mostUtilization {
        until = min(until, now + Self.step)
      }
      let time = until - now
      window.requests += rate * time
      window.lost += rate * lost * time
      if hasRest { serveRests(for: time) }
      serve(accepted, for: time)
      now = until
    }
  }

  /// The part of the requests that find no instance, or a failed one.
  private var lostShare: Double {
    if served.balancing == .central { return 0 }
    if serving == 0 { return 1 }
    // Failed instances seem busy to a balancer by outstanding requests.
    return served.balancing == .roundRobin ? Double(failed) / Double(serving + failed) : 0
  }

  private mutating func serve(_ rate: Double, for time: Double) {
    let come = backlog + rate * time
    let answered = min(come, capacity * time)
    let before = backlog
    backlog = come - answered
    guard serving > 0, answered > 0 else { return }
    let utilization = answered / (capacity * time)
    busyTime += utilization * Double(served.cores) * time
    // Cores that are never idle use a time that does not vary.
    if utilization < ResponseTable.mostUtilization { variance += answered * squaredDemand }
    let (times, queued) = table.responses(instances: serving, utilization: utilization)
    self.queued = queued
    record(answered, times, delay: (before + backlog) / 2 / capacity)
  }

  /// Serves the last requests of the instances that drain.
  private mutating func serveRests(for time: Double) {
    let most = Double(served.cores) * time
    let (times, _) = table.responses(instances: 1, utilization: 1)
    for index in rests.indices {
      guard let rest = rests[index], rest.backlog > 0 else { continue }
      let answered = min(rest.backlog, most / served.demand.mean)
      let left = rest.backlog - answered
      rests[index]?.backlog = left
      rests[index]?.busyTime += answered * served.demand.mean
      record(answered, times, delay: rest.delay)
    }
  }

  private mutating func record(_ answered: Double, _ times: [Double], delay: Double) {
    window.answered += answered
    window.late += answered * share(of: times, above: served.objective - delay)
    for (part, (_, weight)) in ResponseTable.parts.enumerated() {
      let count = answered * weight + carries[part]
      let whole = count.rounded(.down)
      carries[part] = count - whole
      if whole > 0 { responses.record(UInt64(min((times[part] + delay) * 1e9, 1e18)), times: UInt64(whole)) }
    }
  }

  /// Returns the part of the requests whose response is above a time. Between the middles of the parts, and beyond the last, the
  /// distribution is taken as exponential.
  private func share(of times: [Double], above time: Double) -> Double {
    if time == .infinity { return 0 }
    guard time > times[0] else { return time <= 0 ? 1 : 1 - ResponseTable.parts[0].middle * time / times[0] }
    let place = min(times.firstIndex { $0 >= time } ?? times.count - 1, times.count - 1)
    let (low, high) = (times[place - 1], times[place])
    let rests = (1 - ResponseTable.parts[place - 1].middle, 1 - ResponseTable.parts[place].middle)
    if high <= low { return time > high ? 0 : rests.0 }
    return rests.0 * pow(rests.1 / rests.0, (time - low) / (high - low))
  }

  mutating func add() -> Int {
    let instance = states.firstIndex(of: .gone) ?? states.count
    if instance == states.count {
      states.append(.serving)
      taken.append(busyTime)
      rests.append(nil)
    } else {
      states[instance] = .serving
      taken[instance] = busyTime
    }
    serving += 1
    return instance
  }

  mutating func fail(_ instance: Int) {
    guard states[instance] == .serving else { return loseRest(instance) }
    window.lost += takePart()
    states[instance] = .failed
    serving -= 1
    failed += 1
  }

  /// Takes the part of an instance out of the backlog.
  private mutating func takePart() -> Double {
    let part = presentBacklog / Double(serving)
    backlog -= part
    return part
  }

  mutating func drain(_ instance: Int) {
    switch states[instance] {
    case .serving:
      let delay = presentBacklog / capacity
      let part = served.balancing == .central ? 0 : takePart()
      rests[instance] = Rest(backlog: part, delay: delay, busyTime: busyTime - taken[instance])
      serving -= 1
    case .failed: failed -= 1
    case .draining, .gone: return
    }
    states[instance] = .draining
  }

  mutating func resume(_ instance: Int) {
    guard states[instance] == .draining, let rest = rests[instance] else { return }
    states[instance] = .serving
    rests[instance] = nil
    serving += 1
    backlog += rest.backlog
    taken[instance] = busyTime - rest.busyTime
  }

  func checkWait(of instance: Int) -> Double {
    if served.balancing == .central { return 0 }
    let waiting = rests[instance]?.backlog ?? min(backlog + queued, mostWaiting) / Double(max(1, serving))
    return waiting * served.demand.mean / Double(served.cores)
  }

  func isDrained(_ instance: Int) -> Bool {
    // Less than a thousandth of a request is left by rounding.
    (rests[instance]?.backlog ?? 0) < 1e-3
  }

  mutating func remove(_ instance: Int) {
    drain(instance)
    loseRest(instance)
    states[instance] = .gone
  }

  private mutating func loseRest(_ instance: Int) {
    window.lost += rests[instance]?.backlog ?? 0
    rests[instance] = nil
  }

  mutating func takeBusyTimes(of instances: [Int]) -> [Double] {
    let chance = variance > 0 ? variance.squareRoot() * random.normal() / Double(max(1, serving)) : 0
    variance = 0
    return instances.map { instance in
      if let rest = rests[instance] {
        rests[instance]?.busyTime = 0
        return rest.busyTime
      }
      defer { taken[instance] = busyTime }
      return max(0, busyTime - taken[instance] + chance)
    }
  }
}

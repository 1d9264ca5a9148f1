import Records

/// Traffic in which every request is simulated.
///
/// There are two kinds of events: the next arrival, and the earliest departure of any station. No memory is allocated per
/// request, and the memory grows with the requests in the system only.
struct RequestTraffic: ServedTraffic {
  private enum State { case serving, failed, draining, gone }

  private let served: ServedDemand
  private let meanDemand: Double
  private var arrivals: ArrivalProcess
  private var random: RandomNumbers
  private var now = 0.0
  private var nextArrival: Double
  private var stations: [Station] = []
  private var departures = Departures()
  private var states: [State] = []
  /// The instances that the balancer sends requests to.
  private var targets: [Int] = []
  private var turn = 0
  /// The requests that a failed instance holds, as the balancer counts them.
  private var stuck: [Int] = []
  /// The requests that clients have in flight, and those that wait for that.
  private var inFlight = 0
  private var clients = JobQueue()
  private let mostInFlight: Int
  var window = TrafficWindow()
  var responses = LatencyHistogram()

  init(_ served: ServedDemand, _ rates: ArrivalRates, seed: UInt64) {
    (self.served, meanDemand) = (served, served.demand.mean)
    mostInFlight = served.balancing == .central ? .max : max(1, served.connections)
    arrivals = ArrivalProcess(rates, seed: seed)
    random = RandomNumbers(seed: seed, .demands)
    nextArrival = arrivals.next()
    if isCentral { stations.append(Station(.fcfs, cores: 0)) }
  }

  private var isCentral: Bool { served.balancing == .central }

  var waiting: Double { Double(stations.reduce(clients.count) { $0 + $1.waiting }) }

  /// The sum of all waits, if requests are served in the order of arrival.
  var waits: Double { stations.reduce(0) { $0 + $1.waits } }

  mutating func advance(to end: Double) {
    while true {
      let departure = departures.first
      if nextArrival <= departure {
        if nextArrival > end { break }
        arrive(at: nextArrival)
        nextArrival = arrivals.next()
      } else {
        if departure > end { break }
        depart(at: departure)
      }
    }
    now = end
  }

  @inline(__always)
  private mutating func arrive(at time: Double) {
    window.requests += 1
    let demand = served.demand.sample(&random)
    if inFlight < mostInFlight {
      send(at: time, since: time, demand: demand)
    } else {
      clients.append(WaitingJob(arrival: time, demand: demand))
    }
  }

  @inline(__always)
  private mutating func send(at time: Double, since arrival: Double, demand: Double) {
    guard let station = isCentral ? 0 : target() else {
      window.lost += 1
      return
    }
    if isCentral || states[station] == .serving {
      inFlight &+= 1
      stations[station].arrive(at: time, since: arrival, demand: demand)
      departures.set(station, stations[station].nextDeparture)
    } else {
      stuck[station] += 1
      window.lost += 1
    }
  }

  /// Sends requests that waited at the clients.
  private mutating func sendWaiting(at time: Double) {
    while clients.count > 0, inFlight < mostInFlight {
      let next = clients.removeFirst()
      send(at: time, since: next.arrival, demand: next.demand)
    }
  }

  @inline(__always)
  private mutating func depart(at time: Double) {
    let station = departures.station
    let response = time - stations[station].depart(at: time)
    departures.set(station, stations[station].nextDeparture)
    inFlight &-= 1
    window.answered += 1
    if response > served.objective { window.late += 1 }
    responses.record(UInt64(max(0, response) * 1e9))
    if clients.count > 0 { sendWaiting(at: time) }
  }

  /// Returns the instance for the next request; `nil` if there is none.
  @inline(__always)
  private mutating func target() -> Int? {
    if targets.isEmpty { return nil }
    turn += 1
    if turn >= targets.count { turn = 0 }
    if served.balancing == .roundRobin { return targets[turn] }
    var (best, fewest) = (targets[turn], Int.max)
    var place = turn
    repeat {
      let instance = targets[place]
      let outstanding = stations[instance].outstanding + stuck[instance]
      if outstanding < fewest {
        (best, fewest) = (instance, outstanding)
        if outstanding == 0 { break }
      }
      place += 1
      if place == targets.count { place = 0 }
    } while place != turn
    return best
  }

  mutating func add() -> Int {
    let instance = states.firstIndex(of: .gone) ?? states.count
    if instance == states.count {
      states.append(.serving)
      stuck.append(0)
      if !isCentral { stations.append(Station(served.discipline, cores: served.cores, at: now)) }
    } else {
      states[instance] = .serving
      stuck[instance] = 0
      if !isCentral { stations[instance] = Station(served.discipline, cores: served.cores, at: now) }
    }
    targets.append(instance)
    setCentralCores()
    return instance
  }

  mutating func fail(_ instance: Int) {
    states[instance] = .failed
    if isCentral {
      // A failed instance takes no more requests from the queue, and loses its part of those in service.
      let running = stations[0].outstanding - stations[0].waiting
      let all = states.count { $0 != .gone }
      targets.removeAll { $0 == instance }
      lose(stations[0].lose(running / max(1, all), at: now))
      setCentralCores()
    } else {
      loseAll(instance)
    }
  }

  mutating func drain(_ instance: Int) {
    if states[instance] == .serving { states[instance] = .draining }
    targets.removeAll { $0 == instance }
    setCentralCores()
  }

  mutating func resume(_ instance: Int) {
    guard states[instance] == .draining else { return }
    states[instance] = .serving
    targets.append(instance)
    setCentralCores()
  }

  func checkWait(of instance: Int) -> Double {
    if isCentral { return 0 }
    let before = stations[instance].outstanding - served.cores + 1
    return Double(max(0, before)) * meanDemand / Double(served.cores)
  }

  func isDrained(_ instance: Int) -> Bool {
    if isCentral { return stations[0].outstanding - stations[0].waiting <= stations[0].cores }
    return stations[instance].outstanding == 0
  }

  mutating func remove(_ instance: Int) {
    drain(instance)
    if isCentral {
      let excess = stations[0].outstanding - stations[0].waiting - stations[0].cores
      lose(stations[0].lose(max(0, min(excess, served.cores)), at: now))
      departures.set(0, stations[0].nextDeparture)
    } else {
      loseAll(instance)
    }
    states[instance] = .gone
  }

  mutating func takeBusyTimes(of instances: [Int]) -> [Double] {
    if !isCentral { return instances.map { stations[$0].takeBusyTime(at: now) } }
    let time = stations[0].takeBusyTime(at: now) / Double(max(1, instances.count))
    return instances.map { _ in time }
  }

  private mutating func loseAll(_ instance: Int) {
    let lost = stations[instance].loseAll(at: now)
    stuck[instance] += lost
    departures.set(instance, .infinity)
    lose(lost)
  }

  private mutating func lose(_ count: Int) {
    window.lost += Double(count)
    inFlight -= count
    sendWaiting(at: now)
  }

  private mutating func setCentralCores() {
    guard isCentral else { return }
    stations[0].setCores(served.cores * targets.count, at: now)
    departures.set(0, stations[0].nextDeparture)
  }
}

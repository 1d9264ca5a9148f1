/// The order in which requests get the cores of an instance.
public enum Discipline: String, CaseIterable, Sendable {
  /// All at once, with an equal share of the cores, at most one each: processor sharing.
  case sharing
  /// One per core, in the order of arrival: first come, first served.
  case fcfs
}

/// A queue with cores: an instance, or all of them behind a central queue.
struct Station {
  let discipline: Discipline
  /// The number of cores. Requests in service keep theirs if it falls.
  private(set) var cores: Int
  /// The time up to which everything below is computed.
  private var time: Double
  /// The service that each request has had since the station was last empty, if they share the cores.
  private var service = 0.0
  /// The rate at which `service` grows.
  private var share = 1.0
  private var inService = JobHeap()
  private var queue = JobQueue()
  /// The core time used since it was last taken.
  private var busyTime = 0.0
  /// The sum of the waits of requests that began in the order of arrival.
  private(set) var waits = 0.0

  /// Makes an empty station.
  init(_ discipline: Discipline, cores: Int, at time: Double = 0) {
    (self.discipline, self.cores, self.time) = (discipline, cores, time)
  }

  /// The number of requests that are not answered.
  @inline(__always)
  var outstanding: Int { inService.count &+ queue.count }

  /// The number of requests that have no core.
  var waiting: Int { discipline == .fcfs ? queue.count : max(0, inService.count - cores) }

  /// The time of the next departure; infinite if there is none.
  @inline(__always)
  var nextDeparture: Double {
    let end = inService.firstEnd
    if discipline == .fcfs || end == .infinity { return end }
    return time + (end - service) / share
  }

  /// Adds a request.
  ///
  /// - Parameter arrival: The time from which on it has waited.
  @inline(__always)
  mutating func arrive(at now: Double, since arrival: Double, demand: Double) {
    move(to: now)
    if discipline == .sharing {
      inService.insert(Job(end: service + demand, arrival: arrival))
      reshare()
    } else if inService.count < cores {
      waits += now - arrival
      inService.insert(Job(end: now + demand, arrival: arrival))
    } else {
      queue.append(WaitingJob(arrival: arrival, demand: demand))
    }
  }

  /// Ends the first request at its time, and returns the time of its arrival.
  @inline(__always)
  mutating func depart(at now: Double) -> Double {
    move(to: now)
    if discipline == .sharing {
      let arrival = inService.removeFirst()
      if inService.count == 0 { service = 0 }
      reshare()
      return arrival
    }
    guard queue.count > 0, inService.count <= cores else { return inService.removeFirst() }
    let next = queue.removeFirst()
    waits += now - next.arrival
    return inService.replaceFirst(with: Job(end: now + next.demand, arrival: next.arrival))
  }

  /// Changes the number of cores. Waiting requests begin if there are more.
  mutating func setCores(_ count: Int, at now: Double) {
    move(to: now)
    cores = count
    reshare()
    while discipline == .fcfs, queue.count > 0, inService.count < cores {
      let next = queue.removeFirst()
      waits += now - next.arrival
      inService.insert(Job(end: now + next.demand, arrival: next.arrival))
    }
  }

  /// Loses requests in service, and returns their number.
  mutating func lose(_ count: Int, at now: Double) -> Int {
    move(to: now)
    let lost = min(count, inService.count)
    inService.removeLast(lost)
    reshare()
    return lost
  }

  /// Loses all requests, and returns their number.
  mutating func loseAll(at now: Double) -> Int {
    let lost = outstanding
    _ = lose(lost, at: now)
    queue.removeAll()
    return lost
  }

  /// Returns the core time used since the last call.
  mutating func takeBusyTime(at now: Double) -> Double {
    move(to: now)
    defer { busyTime = 0 }
    return busyTime
  }

  @inline(__always)
  private mutating func move(to now: Double) {
    let passed = now - time
    let running = inService.count
    busyTime += passed * Double(discipline == .sharing ? min(running, cores) : running)
    service += passed * share
    time = now
  }

  @inline(__always)
  private mutating func reshare() {
    let running = inService.count
    share = running <= cores ? 1 : Double(cores) / Double(running)
  }
}

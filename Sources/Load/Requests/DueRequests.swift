/// The requests of one thread that are due and not yet taken, in their order.
///
/// In an open loop, requests are due at the times of a schedule, whatever the server does. Those that wait for a connection
/// take no memory: they are the part of the schedule between the last request taken and now. In a closed loop, a request is
/// due whenever there is a connection for it.
struct DueRequests {
  /// A request that was taken.
  struct Request: Equatable {
    /// The index among the requests of all threads, from 0.
    let index: UInt64
    /// The time at which it was due, in nanoseconds of the monotonic clock.
    let due: UInt64
  }

  /// The most scheduled requests that are counted one by one after the end of a run: some seconds of work.
  static let mostCounted = 300_000_000.0

  /// The schedule after `next`. It is changed in place: a copy would cost more than a request.
  private var rest: ArrivalSchedule.Iterator
  /// The next request of the schedule; `nil` at its end, and in a closed loop.
  private var next: ArrivalSchedule.Request?
  /// The next index in a closed loop, and the gap to the one after it; `nil` in an open loop, and at the end.
  private var loop: (index: UInt64, step: UInt64)?
  private let start: UInt64
  private let end: UInt64
  private let rate: Double

  /// Creates the requests of an open loop.
  ///
  /// - Parameters:
  ///   - schedule: The thread's part of the schedule.
  ///   - start: The time of the schedule's start.
  init(_ schedule: ArrivalSchedule, from start: UInt64) {
    rest = schedule.makeIterator()
    next = rest.next()
    (self.start, end) = (start, start + schedule.duration)
    rate = schedule.rate.perSecond
  }

  /// Creates the requests of a closed loop.
  ///
  /// - Parameters:
  ///   - thread: The thread, of so many.
  ///   - times: The times at which requests are sent.
  init(closedLoopOf thread: Int, of threads: Int, during times: Range<UInt64>) {
    rest = ArrivalSchedule(.constant, rate: .least, duration: 0).makeIterator()
    loop = (UInt64(thread), UInt64(threads))
    (start, end, rate) = (times.lowerBound, times.upperBound, 0)
  }

  /// The time from which the next request is due; `nil` if there is none.
  var nextTime: UInt64? {
    loop == nil ? next.map { start + $0.time } : start
  }

  /// Takes the next request if it is due at a time.
  @inline(__always)
  mutating func take(at time: UInt64) -> Request? {
    if let request = next {
      guard start + request.time <= time else { return nil }
      next = rest.next()
      return Request(index: request.index, due: start + request.time)
    }
    guard let (index, step) = loop, start <= time, time < end else { return nil }
    loop = (index &+ step, step)
    return Request(index: index, due: time)
  }

  /// Drops the requests that were due before a time, which is not later than now, and were not taken.
  ///
  /// At the end of the warm-up, they would delay those that are measured, and are not counted themselves.
  mutating func drop(before time: UInt64) {
    while let request = next, start + request.time < time { next = rest.next() }
  }

  /// Ends the run: takes the requests that were due before a time and were not taken.
  ///
  /// - Parameters:
  ///   - time: The end; not later than that of the schedule.
  ///   - window: The times of the requests that are counted.
  /// - Returns: The number of them that were due in the window; `nil` if they are too many to be counted.
  mutating func finish(at time: UInt64, counting window: Range<UInt64>) -> UInt64? {
    defer { (next, loop) = (nil, nil) }
    if let first = next, start + first.time < time,
      Double(time - start - first.time) * rate / 1_000_000_000 > Self.mostCounted
    {
      return nil
    }
    var count: UInt64 = 0
    while let request = next, start + request.time < time {
      if window.contains(start + request.time) { count += 1 }
      next = rest.next()
    }
    return count
  }
}

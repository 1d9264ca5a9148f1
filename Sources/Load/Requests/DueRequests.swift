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

  private enum Source {
    case schedule(ArrivalSchedule.Iterator, next: ArrivalSchedule.Request?)
    case always(index: UInt64, step: UInt64)
  }

  /// The most scheduled requests that are counted one by one after the end of a run: some seconds of work.
  static let mostCounted = 300_000_000.0

  private var source: Source
  private let start: UInt64
  private let end: UInt64
  private let rate: Double

  /// Creates the requests of an open loop.
  ///
  /// - Parameters:
  ///   - schedule: The thread's part of the schedule.
  ///   - start: The time of the schedule's start.
  init(_ schedule: ArrivalSchedule, from start: UInt64) {
    var iterator = schedule.makeIterator()
    let first = iterator.next()
    source = .schedule(iterator, next: first)
    (self.start, end) = (start, start + schedule.duration)
    rate = schedule.rate.perSecond
  }

  /// Creates the requests of a closed loop.
  ///
  /// - Parameters:
  ///   - thread: The thread, of so many.
  ///   - times: The times at which requests are sent.
  init(closedLoopOf thread: Int, of threads: Int, during times: Range<UInt64>) {
    source = .always(index: UInt64(thread), step: UInt64(threads))
    (start, end, rate) = (times.lowerBound, times.upperBound, 0)
  }

  /// The time from which the next request is due; `nil` if there is none.
  var nextTime: UInt64? {
    switch source {
    case .schedule(_, let next): next.map { start + $0.time }
    case .always: start
    }
  }

  /// Takes the next request if it is due at a time.
  @inline(__always)
  mutating func take(at time: UInt64) -> Request? {
    switch source {
    case .schedule(var iterator, let next):
      guard let next, start + next.time <= time else { return nil }
      let following = iterator.next()
      source = .schedule(iterator, next: following)
      return Request(index: next.index, due: start + next.time)
    case .always(let index, let step):
      guard start <= time, time < end else { return nil }
      source = .always(index: index &+ step, step: step)
      return Request(index: index, due: time)
    }
  }

  /// Drops the requests that were due before a time, which is not later than now, and were not taken.
  ///
  /// At the end of the warm-up, they would delay those that are measured, and are not counted themselves.
  mutating func drop(before time: UInt64) {
    guard case .schedule(var iterator, var next) = source else { return }
    while let request = next, start + request.time < time { next = iterator.next() }
    source = .schedule(iterator, next: next)
  }

  /// Ends the run: takes the requests that were due before a time and were not taken.
  ///
  /// - Parameters:
  ///   - time: The end; not later than that of the schedule.
  ///   - window: The times of the requests that are counted.
  /// - Returns: The number of them that were due in the window; `nil` if they are too many to be counted.
  mutating func finish(at time: UInt64, counting window: Range<UInt64>) -> UInt64? {
    defer {
      source = .schedule(ArrivalSchedule(.constant, rate: .least, duration: 0).makeIterator(), next: nil)
    }
    guard case .schedule(var iterator, var next) = source else { return 0 }
    var count: UInt64 = 0
    if let first = next, start + first.time < time,
      Double(time - start - first.time) * rate / 1_000_000_000 > Self.mostCounted
    {
      return nil
    }
    while let request = next, start + request.time < time {
      if window.contains(start + request.time) { count += 1 }
      next = iterator.next()
    }
    return count
  }
}

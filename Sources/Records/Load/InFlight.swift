/// The number of requests in flight over time, and its mean: the exact time integral of the number / the time.
public struct InFlight: Equatable, Sendable {
  /// The number of requests in flight.
  public private(set) var count: UInt64 = 0
  /// The time of the last change, in nanoseconds.
  private var last: UInt64
  /// The time at which the integral starts.
  private var start: UInt64
  /// The integral, in request-nanoseconds.
  private var integral: UInt128 = 0

  /// Starts at a time in nanoseconds, with no requests in flight.
  public init(at time: UInt64) {
    (last, start) = (time, time)
  }

  /// Counts a request that was sent. Times before the last one are taken as the last one.
  @inline(__always)
  public mutating func send(at time: UInt64) {
    advance(to: time)
    count &+= 1
  }

  /// Counts a request that is no longer in flight, because its answer is complete or it failed.
  ///
  /// - Precondition: A request is in flight.
  @inline(__always)
  public mutating func finish(at time: UInt64) {
    advance(to: time)
    count -= 1
  }

  /// Starts the integral anew, at the end of the warm-up. The requests in flight stay.
  public mutating func restart(at time: UInt64) {
    advance(to: time)
    (start, integral) = (last, 0)
  }

  /// Returns the mean number in flight from the start of the integral to a time; `nil` if no time has passed.
  public func mean(until time: UInt64) -> Double? {
    var copy = self
    copy.advance(to: time)
    return copy.last > start ? Double(copy.integral) / Double(copy.last - start) : nil
  }

  @inline(__always)
  private mutating func advance(to time: UInt64) {
    guard time > last else { return }
    integral &+= UInt128(count) &* UInt128(time &- last)
    last = time
  }
}

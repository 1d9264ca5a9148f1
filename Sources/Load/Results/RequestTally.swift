import Records

/// The counts and latencies of the requests of one thread.
///
/// A request counts if it was due in the window, whenever it is answered. All times are nanoseconds of the monotonic clock.
struct RequestTally: Sendable {
  /// The measured time: from the end of the warm-up to the end of the run.
  let window: Range<UInt64>
  /// The latencies from the intended and from the actual time of sending.
  private(set) var latencies = CorrectedLatencies()
  /// The actual − the intended time of sending.
  private(set) var sendDelay = LatencyHistogram()
  /// The failed requests.
  private(set) var errors = ErrorCounts()
  /// The requests that were taken to be sent.
  private(set) var taken: UInt64 = 0
  /// The requests that were sent.
  private(set) var sent: UInt64 = 0
  /// The sent requests that had waited for a connection.
  private(set) var queued: UInt64 = 0
  /// The correct answers that arrived in the window, whenever their requests were due.
  private(set) var arrived: UInt64 = 0
  /// All correct answers, those to requests of the warm-up included.
  private(set) var answeredInAll: UInt64 = 0
  /// The bytes sent.
  private(set) var bytesSent: UInt64 = 0
  /// The bytes received.
  private(set) var bytesReceived: UInt64 = 0
  /// The number of requests in flight.
  private(set) var inFlight: InFlight

  /// Creates counts of 0.
  init(window: Range<UInt64>) {
    self.window = window
    inFlight = InFlight(at: window.lowerBound)
  }

  /// The correct answers.
  var answered: UInt64 { latencies.corrected.count }

  /// Returns whether a request that was due at a time counts.
  @inline(__always)
  func counts(_ due: UInt64) -> Bool { window.contains(due) }

  /// Counts a request that is about to be sent.
  @inline(__always)
  mutating func take(due: UInt64) {
    if counts(due) { taken &+= 1 }
  }

  /// Counts a request whose first bytes were sent.
  ///
  /// - Parameters:
  ///   - time: The time at which sending began.
  ///   - waited: Whether no connection was free when it was due.
  @inline(__always)
  mutating func send(due: UInt64, at time: UInt64, waited: Bool) {
    inFlight.send(at: time)
    guard counts(due) else { return }
    sent &+= 1
    if waited { queued &+= 1 }
    sendDelay.record(time > due ? time &- due : 0)
  }

  /// Counts a correct answer.
  @inline(__always)
  mutating func answer(due: UInt64, sent: UInt64, at time: UInt64) {
    inFlight.finish(at: time)
    answeredInAll &+= 1
    if window.contains(time) { arrived &+= 1 }
    if counts(due) { latencies.record(intended: due, sent: sent, answered: time) }
  }

  /// Counts a failed request.
  ///
  /// - Parameter wasSent: Whether it was sent.
  mutating func fail(_ kind: RequestFailure, due: UInt64, wasSent: Bool, at time: UInt64) {
    if wasSent { inFlight.finish(at: time) }
    if counts(due) { errors[kind] += 1 }
  }

  /// Counts transferred bytes of a request.
  @inline(__always)
  mutating func transfer(due: UInt64, sent: Int = 0, received: Int = 0) {
    guard counts(due) else { return }
    bytesSent &+= UInt64(truncatingIfNeeded: sent)
    bytesReceived &+= UInt64(truncatingIfNeeded: received)
  }

  /// Starts the integral of the requests in flight, at the end of the warm-up.
  mutating func endWarmUp() {
    inFlight.restart(at: window.lowerBound)
  }
}

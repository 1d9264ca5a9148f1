import Platform

/// The result of one thread of the generator.
struct ThreadResult: Sendable {
  /// The counts and latencies.
  var tally: RequestTally
  /// The correct answers by worker.
  var workers: WorkerTally
  /// The requests that were due in the window; `nil` if they are too many to be counted.
  var due: UInt64?
  /// The requests that were due in the window, and neither sent nor failed; `nil` if they are too many to be counted.
  var unsent: UInt64?
  /// The sent requests without an answer or a failure.
  var unanswered: UInt64
  /// The mean number of requests in flight in the window; `nil` if the window was not reached.
  var meanInFlight: Double?
  /// The connections that were opened.
  var connectionsOpened: UInt64
  /// The CPU time of the thread in the window.
  var usage: ThreadUsage
  /// The reason that the thread ended early, if it did.
  var failure: SystemError?
}

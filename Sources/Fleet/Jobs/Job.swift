/// A job of a queue: a request that an instance is to answer.
public struct Job: Equatable, Sendable {
  /// The state of a job.
  public enum State: Equatable, Sendable {
    /// It waits for an instance.
    case waiting
    /// An instance has it in hand since a time.
    case running(target: String, since: UInt64)
    /// It is over.
    case finished(JobOutcome)
  }

  /// The name.
  public let id: JobID
  /// The target of its request, such as `/api/1000`.
  public let path: String
  /// The time at which it was accepted, by the monotonic clock; `nil` if that was before this process started.
  public let acceptedAt: UInt64?
  /// The attempts that failed.
  public internal(set) var failures: Int
  /// The times that it was given to an instance.
  public internal(set) var attempts: Int
  /// The state.
  public internal(set) var state = State.waiting

  /// Creates a job that waits.
  public init(_ id: JobID, path: String, acceptedAt: UInt64? = nil, failures: Int = 0) {
    (self.id, self.path, self.acceptedAt) = (id, path, acceptedAt)
    (self.failures, self.attempts) = (failures, failures)
  }
}

/// The end of a job.
public enum JobOutcome: Equatable, Sendable {
  /// The answer, without the line end.
  case done(String)
  /// The reason of the last failed attempt.
  case failed(String)
}

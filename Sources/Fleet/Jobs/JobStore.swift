import Platform

/// The store of a queue's jobs: a journal, Redis, or memory alone.
///
/// Requests to it return at once. Their results come later, as events of `advance`, when they are durable. A ticket is a number that
/// the caller chose for a request.
protocol JobStore {
  /// The socket to watch; `nil` if there is none now.
  var descriptor: Descriptor? { get }
  /// The events for which it is to be watched.
  var interest: EventQueue.Interest { get }
  /// The time at which `advance` has something to do without an event, by the monotonic clock; `nil` if there is none.
  var deadline: UInt64? { get }
  /// The reason that it accepts no jobs at the moment; `nil` if it does.
  var problem: String? { get }
  /// The jobs that only the store knows.
  var elsewhere: JobsElsewhere { get }

  /// Asks it to accept a job: `accepted` or `refused` follows, and `arrived` when the job is to be done.
  mutating func accept(_ path: String, ticket: UInt64)
  /// Asks it to keep the outcome of a job: `finished` follows.
  mutating func finish(_ job: Job, _ outcome: JobOutcome)
  /// Notes that an attempt of a job failed.
  mutating func noteFailure(_ id: JobID)
  /// Asks it for at most so many of the jobs that only it knows: `arrived` follows for each.
  mutating func take(atMost count: Int)
  /// Asks it for a job that the queue does not know: `found` follows.
  mutating func find(_ id: JobID, ticket: UInt64)
  /// Does what is due, and returns the events.
  ///
  /// - Parameter isReady: Whether its socket had an event.
  /// - Throws: The reason that the program must end.
  mutating func advance(_ jobs: JobQueue, at now: UInt64, isReady: Bool) throws -> [JobStoreEvent]
  /// Gives up the jobs in hand, so that another process can take them.
  mutating func close(_ jobs: JobQueue)
}

/// The counts of jobs that only the store knows.
struct JobsElsewhere: Equatable {
  /// The jobs that wait.
  var waiting = 0
  /// The jobs that were finished before this process started.
  var finished: UInt64 = 0
}

/// Something that happened in a store.
enum JobStoreEvent: Equatable {
  /// It can be used.
  case ready
  /// A job is durable.
  case accepted(ticket: UInt64, JobID)
  /// A job was not accepted, with the reason.
  case refused(ticket: UInt64, String)
  /// A job is to be done.
  case arrived(Job)
  /// The outcome of a job is durable. If it was not the first, it was ignored.
  case finished(JobID, JobOutcome, isFirst: Bool)
  /// The description of a job as JSON; `nil` if there is none.
  case found(ticket: UInt64, String?)
  /// A job cannot be looked up now, with the reason.
  case unknown(ticket: UInt64, String)
  /// A note for people, one line.
  case note(String)
}

import Platform

/// What keeps the jobs of a queue when its process ends: a journal, or Redis.
///
/// It is asked at once and answers later, with the events of `advance`, when what it was asked for is durable. A ticket is a number
/// that the asker chose.
protocol JobStore {
  /// The socket to be watched; `nil` if there is none now.
  var descriptor: Descriptor? { get }
  /// The events for which it is to be watched.
  var interest: EventQueue.Interest { get }
  /// The time at which `advance` has something to do without an event, by the monotonic clock; `nil` if there is none.
  var deadline: UInt64? { get }
  /// The jobs that only the store knows.
  var elsewhere: JobsElsewhere { get }

  /// Asks it to accept a job: `accepted` or `refused` follows, and `arrived` when the job is to be done.
  mutating func accept(_ path: String, ticket: UInt64)
  /// Asks it to keep the outcome of a job: `finished` follows.
  mutating func finish(_ job: Job, _ outcome: JobOutcome)
  /// Lets it know that an attempt of a job failed.
  mutating func noteFailure(_ id: JobID)
  /// Asks it for so many jobs, if it has them elsewhere: `arrived` follows for each.
  mutating func take(atMost count: Int)
  /// Asks it for a job that the queue does not know: `found` follows.
  mutating func find(_ id: JobID, ticket: UInt64)
  /// Goes on.
  ///
  /// - Parameter isReady: Whether its socket had an event.
  /// - Throws: The reason for which the program must end.
  mutating func advance(_ jobs: JobQueue, at now: UInt64, isReady: Bool) throws -> [JobStoreEvent]
  /// Gives up the jobs in hand, so that another process can take them.
  mutating func close(_ jobs: JobQueue)
}

/// The counts of jobs that a queue has not got itself.
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
  /// It is not possible to look for a job now, with the reason.
  case unknown(ticket: UInt64, String)
  /// Something that people should know, in one line.
  case note(String)
}

import Platform

/// The store of a queue that has all jobs itself: a journal, or nothing at all.
///
/// Everything between two calls of `advance` is written and synced together, and then answered: a group commit.
struct JournalStore: JobStore {
  private var journal: Journal?
  private var accepted: [(ticket: UInt64, path: String)] = []
  private var finished: [(job: Job, outcome: JobOutcome)] = []
  private var returned: [JobID] = []
  private var events: [JobStoreEvent] = [.ready]
  private var next: UInt64 = 1
  /// The earliest time of the next write, after one that failed.
  private var retryAt: UInt64 = 0
  private(set) var problem: String?

  /// The number of records from which a journal is compacted, if most of them are obsolete.
  private static let leastCompacted = 20_000
  /// The time between two attempts to write, in nanoseconds.
  private static let retryTime: UInt64 = 200_000_000

  /// Creates a store.
  ///
  /// - Parameters:
  ///   - path: The journal; `nil` keeps the jobs in memory alone.
  ///   - jobs: An empty queue, into which the journal's jobs are put.
  init(_ path: String?, restoring jobs: inout JobQueue) throws(JournalError) {
    guard let path else { return }
    let journal = try Journal(path, restoring: &jobs)
    if journal.droppedBytes > 0 {
      events.append(
        .note(
          "\(path): dropped an incomplete record of \(journal.droppedBytes) bytes at the end (a crash while it was written)"
        ))
    }
    next = journal.next
    self.journal = journal
  }

  var descriptor: Descriptor? { nil }
  var interest: EventQueue.Interest { [] }
  var deadline: UInt64? { hasWork ? retryAt : nil }
  var elsewhere: JobsElsewhere { JobsElsewhere() }

  mutating func accept(_ path: String, ticket: UInt64) { accepted.append((ticket, path)) }
  mutating func finish(_ job: Job, _ outcome: JobOutcome) { finished.append((job, outcome)) }
  mutating func noteFailure(_ id: JobID) { returned.append(id) }
  mutating func take(atMost count: Int) {}
  mutating func find(_ id: JobID, ticket: UInt64) { events.append(.found(ticket: ticket, nil)) }
  mutating func close(_ jobs: JobQueue) {}

  private var hasWork: Bool { !(accepted.isEmpty && finished.isEmpty && returned.isEmpty && events.isEmpty) }

  mutating func advance(
    _ jobs: JobQueue, at now: UInt64, isReady: Bool
  ) throws(JournalError) -> [JobStoreEvent] {
    defer { events = [] }
    if (accepted.isEmpty && finished.isEmpty && returned.isEmpty) || now < retryAt { return events }
    let new = accepted.enumerated().map { offset, entry in
      Job(JobID(next + UInt64(offset)), path: entry.path, acceptedAt: now)
    }
    do throws(JournalError) {
      try journal?.append(
        returned.map { .returned($0) } + new.map { .added($0.id, failures: 0, path: $0.path) }
          + finished.map { JournalRecord($0.job, $0.outcome) })
    } catch {
      guard case .system(let cause) = error else { throw error }
      refuse(because: "\(cause)", at: now)
      return events
    }
    next += UInt64(new.count)
    for (entry, job) in zip(accepted, new) {
      // A client whose next request has come already asks for the job.
      events += [.arrived(job), .accepted(ticket: entry.ticket, job.id)]
    }
    for (job, outcome) in finished {
      let isFinished = if case .finished = jobs[job.id]?.state { true } else { false }
      events.append(.finished(job.id, outcome, isFirst: !isFinished))
    }
    (accepted, finished, returned, problem) = ([], [], [], nil)
    compactIfDue(jobs)
    return events
  }

  /// Refuses the new jobs, which cannot be stored. The outcomes are kept in memory until they can be written.
  private mutating func refuse(because reason: String, at now: UInt64) {
    events += accepted.map { .refused(ticket: $0.ticket, reason) }
    accepted = []
    retryAt = now + Self.retryTime
    if problem == nil { events.append(.note("\(reason); no jobs are accepted until it can be written")) }
    problem = reason
  }

  /// Compacts the journal when it has four times the records that it needs. If that fails, it stays as it is.
  ///
  /// The queue waits meanwhile: about 1 µs per record that is kept, and the time to write them. With the default retention that
  /// is 0.2 s for 200,000 records, at most once per 600,000 that are appended.
  private mutating func compactIfDue(_ jobs: JobQueue) {
    guard let count = journal?.recordCount, count > Self.leastCompacted else { return }
    let needed = jobs.unfinished + 2 * jobs.remembered
    if count > 4 * needed { try? journal?.compact(jobs) }
  }
}

/// The jobs that wait, that instances have in hand, and that are finished. It is a value: it knows no clock, no file and no network.
///
/// Jobs are given out in the order in which they came. One whose instance fails goes back to the front. So a job is given out at
/// least once, and perhaps several times; its first result counts, and every other is ignored.
public struct JobQueue: Sendable {
  /// The finished jobs that are remembered by default.
  public static let defaultRetention = 100_000

  /// The failed attempts after which a job has failed.
  public let mostFailures: Int
  /// The finished jobs that are remembered: the last ones.
  public let retention: Int

  /// The jobs that an instance has in hand.
  public private(set) var running = 0
  /// The jobs that were done, whether they are remembered or not.
  public private(set) var done: UInt64 = 0
  /// The jobs that failed, whether they are remembered or not.
  public private(set) var failed: UInt64 = 0
  /// The times that a job was given out again.
  public private(set) var redelivered: UInt64 = 0

  private var jobs: [JobID: Job] = [:]
  /// The jobs that are given out before all others, the next one last.
  private var returned: [JobID] = []
  private var new = JobLine()
  private var old = JobLine()

  /// Creates an empty queue.
  public init(mostFailures: Int, retention: Int = Self.defaultRetention) {
    (self.mostFailures, self.retention) = (mostFailures, retention)
  }

  /// The jobs that wait.
  public var waiting: Int { returned.count + new.count }
  /// The jobs that are not finished.
  public var unfinished: Int { waiting + running }
  /// The jobs that are finished and remembered.
  var remembered: Int { old.count }

  /// A job; `nil` if it is unknown or forgotten.
  public subscript(id: JobID) -> Job? { jobs[id] }

  /// Adds a job at the end of the line.
  ///
  /// - Returns: `false` if there is a job with its name, which stays as it is.
  @discardableResult
  public mutating func add(_ job: Job) -> Bool {
    guard jobs[job.id] == nil, job.state == .waiting else { return false }
    jobs[job.id] = job
    new.append(job.id)
    return true
  }

  /// Gives the next job to an instance; `nil` if none waits.
  public mutating func claim(for target: String, at now: UInt64) -> Job? {
    guard let id = returned.popLast() ?? new.popFirst(), var job = jobs[id] else { return nil }
    if job.attempts > 0 { redelivered += 1 }
    job.attempts += 1
    job.state = .running(target: target, since: now)
    jobs[id] = job
    running += 1
    return job
  }

  /// Returns a job to the front of the line because its instance leaves; that is no failure of the job.
  ///
  /// - Returns: Whether it was in hand.
  @discardableResult
  public mutating func putBack(_ id: JobID) -> Bool {
    guard case .running = jobs[id]?.state else { return false }
    jobs[id]?.state = .waiting
    running -= 1
    returned.append(id)
    return true
  }

  /// The consequence of a failed attempt.
  public enum Consequence: Equatable, Sendable {
    /// The job is the next to be given out.
    case retried
    /// The job has failed too often. It stays in hand until `finish` says so.
    case exhausted
    /// The job was not in hand.
    case ignored
  }

  /// Counts a failed attempt of a job in hand.
  public mutating func fail(_ id: JobID) -> Consequence {
    guard case .running = jobs[id]?.state, let failures = jobs[id]?.failures else { return .ignored }
    jobs[id]?.failures = failures + 1
    if failures + 1 >= mostFailures { return .exhausted }
    putBack(id)
    return .retried
  }

  /// Finishes a job, wherever it is.
  ///
  /// - Returns: Whether this is its first outcome. Any other is ignored.
  @discardableResult
  public mutating func finish(_ id: JobID, _ outcome: JobOutcome) -> Bool {
    guard leaveLine(id) else { return false }
    jobs[id]?.state = .finished(outcome)
    if case .done = outcome { done += 1 } else { failed += 1 }
    old.append(id)
    while old.count > retention, let oldest = old.popFirst() { jobs[oldest] = nil }
    return true
  }

  /// Forgets a job that was finished elsewhere.
  public mutating func withdraw(_ id: JobID) {
    if leaveLine(id) { jobs[id] = nil }
  }

  /// Takes an unfinished job from the line, or from the hand of its instance. Returns `false` if there is none.
  private mutating func leaveLine(_ id: JobID) -> Bool {
    switch jobs[id]?.state {
    case nil, .finished: return false
    case .running: running -= 1
    case .waiting:
      if let place = returned.lastIndex(of: id) { returned.remove(at: place) } else { new.remove(id) }
    }
    return true
  }
}

/// The content of a journal.
extension JobQueue {
  /// The finished jobs that were forgotten: done, and failed.
  var forgotten: (done: UInt64, failed: UInt64) {
    var counts = (done: done, failed: failed)
    for job in old.compactMap({ jobs[$0] }) {
      if case .finished(.done) = job.state { counts.done -= 1 } else { counts.failed -= 1 }
    }
    return counts
  }

  /// The jobs that are remembered: the finished ones, oldest first, then the others in the order in which they would be given
  /// out if no instance had any in hand.
  var all: [Job] {
    let inHand = jobs.values.filter { if case .running = $0.state { true } else { false } }
    let ids =
      old.map { $0 } + inHand.map(\.id).sorted(by: JobID.isEarlier) + returned.reversed() + new.map { $0 }
    return ids.compactMap { jobs[$0] }
  }

  /// Counts finished jobs that are forgotten.
  mutating func count(done: UInt64, failed: UInt64) {
    self.done += done
    self.failed += failed
  }

  /// Sets the attempts of a job that was finished in an earlier process.
  mutating func setAttempts(_ id: JobID, to count: Int) {
    jobs[id]?.attempts = count
  }

  /// Counts an attempt of a waiting job that failed in an earlier process.
  mutating func countFailure(_ id: JobID) {
    jobs[id]?.failures += 1
    jobs[id]?.attempts += 1
  }
}

extension JobID {
  /// Returns whether one job came before another.
  static func isEarlier(_ one: JobID, _ other: JobID) -> Bool {
    (one.description.utf8.count, one.description) < (other.description.utf8.count, other.description)
  }
}

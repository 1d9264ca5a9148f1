import Platform

/// The file from which a queue of jobs is restored: a header, then a record for each event.
///
/// Whenever the process is killed, the file has all synced records, and at most one incomplete record at its end, which is dropped at
/// the next start: it lacks the end of its line. A complete line that is no record is an error, the last one too. While a journal is
/// open, no other process can open it.
struct Journal {
  /// The first line.
  static let header = "scaleup.jobs/1"
  /// The most bytes that are read.
  private static let mostBytes = 1 << 30

  /// The bytes of an incomplete record at the end that was dropped.
  private(set) var droppedBytes = 0
  /// The number of the next job.
  private(set) var next: UInt64 = 1
  /// The records in the file.
  private(set) var recordCount = 0
  private let file: AppendedFile

  /// Opens a journal and restores its queue. A file that does not exist is created.
  ///
  /// - Parameter jobs: An empty queue.
  init(_ path: String, restoring jobs: inout JobQueue) throws(JournalError) {
    if File.exists(path), !File.isRegular(path) { throw .notRegular(path: path) }
    let bytes: [UInt8]
    do throws(SystemError) {
      file = try AppendedFile(path)
      bytes = try file.bytes(limit: Self.mostBytes)
    } catch {
      throw error.isClaimed ? .claimed(path: path) : .system(error)
    }
    let end = try read(bytes, into: &jobs)
    do throws(SystemError) {
      if end < bytes.count { try file.truncate(to: end) }
      if end == 0 { try file.append(Self.firstLine) }
      // A new file survives a power failure only when its directory has its name.
      if end == 0 { file.syncName() }
      try file.sync()
    } catch {
      throw .system(error)
    }
    if end > 0 { droppedBytes = bytes.count - end }
  }

  private static let firstLine = Array(header.utf8) + [JournalRecord.lineEnd]

  /// Appends records and waits until the disk has them.
  ///
  /// - Throws: `JournalError`: `.system` if none of them was written, `.unsynced` if it is unknown which were.
  mutating func append(_ records: [JournalRecord]) throws(JournalError) {
    do throws(SystemError) { try file.append(records.flatMap(\.line)) } catch { throw .system(error) }
    do throws(SystemError) { try file.sync() } catch { throw .unsynced(error) }
    recordCount += records.count
    next += UInt64(records.count { if case .added = $0 { true } else { false } })
  }

  /// Replaces the records by those that restore the queue as it is.
  ///
  /// - Throws: `SystemError`; the journal is then unchanged.
  mutating func compact(_ jobs: JobQueue) throws(SystemError) {
    let forgotten = jobs.forgotten
    var records = [JournalRecord.totals(next: next, done: forgotten.done, failed: forgotten.failed)]
    for job in jobs.all {
      records.append(.added(job.id, failures: job.failures, path: job.path))
      if case .finished(let outcome) = job.state { records.append(.init(job, outcome)) }
    }
    try file.replace(with: Self.firstLine + records.flatMap(\.line))
    recordCount = records.count
  }
}

/// Reading.
extension Journal {
  /// Restores a queue from the bytes of a journal.
  ///
  /// - Returns: The end of the last complete record; 0 if not even the header is complete.
  private mutating func read(_ bytes: [UInt8], into jobs: inout JobQueue) throws(JournalError) -> Int {
    if bytes.count < Self.firstLine.count, Self.firstLine.starts(with: bytes) { return 0 }
    guard bytes.starts(with: Self.firstLine) else { throw otherFile(bytes) }
    var (start, line) = (Self.firstLine.count, 2)
    while let end = bytes[start...].firstIndex(of: JournalRecord.lineEnd) {
      guard let record = JournalRecord(bytes[start..<end]) else {
        throw .corrupted(path: file.path, line: line)
      }
      guard apply(record, to: &jobs) else { throw .contradictory(path: file.path, line: line) }
      (start, line) = (end + 1, line + 1)
      recordCount += 1
    }
    return start
  }

  private func otherFile(_ bytes: [UInt8]) -> JournalError {
    let line = String(decoding: bytes.prefix(64).prefix { $0 != JournalRecord.lineEnd }, as: UTF8.self)
    let name = Self.header.prefix { $0 != "/" } + "/"
    return line.hasPrefix(name)
      ? .otherVersion(path: file.path, found: line) : .otherFile(path: file.path)
  }

  /// Repeats an event. Returns `false` if it is about an unknown job.
  private mutating func apply(_ record: JournalRecord, to jobs: inout JobQueue) -> Bool {
    switch record {
    case .added(let id, let failures, let path):
      guard let number = id.number, jobs.add(Job(id, path: path, failures: failures)) else { return false }
      next = max(next, number &+ 1)
    case .returned(let id):
      guard jobs[id] != nil else { return false }
      jobs.countFailure(id)
    case .done(let id, let attempts, let answer):
      guard jobs[id] != nil else { return false }
      jobs.setAttempts(id, to: attempts)
      jobs.finish(id, .done(answer))
    case .failed(let id, let attempts, let reason):
      guard jobs[id] != nil else { return false }
      jobs.setAttempts(id, to: attempts)
      jobs.finish(id, .failed(reason))
    case .totals(let next, let done, let failed):
      self.next = max(self.next, next)
      jobs.count(done: done, failed: failed)
    }
    return true
  }
}

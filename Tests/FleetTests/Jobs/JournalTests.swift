import Foundation
import Platform
import TestSupport
import Testing

@testable import Fleet

@Suite struct JournalTests {
  /// A new directory that goes with the last reference.
  private final class Folder {
    let path = NSTemporaryDirectory() + "scaleup journal " + UUID().uuidString
    var journal: String { path + "/jobs" }

    init() throws { try File.createDirectory(path) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: some Sequence<UInt8>) throws {
      try Data(Array(bytes)).write(to: URL(fileURLWithPath: journal))
    }

    func bytes() throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: journal))) }

    func opened(retention: Int = 100) throws(JournalError) -> (Journal, JobQueue) {
      var queue = JobQueue(mostFailures: 5, retention: retention)
      let journal = try Journal(self.journal, restoring: &queue)
      return (journal, queue)
    }

    func restored(retention: Int = 100) throws -> (Journal, JobQueue) {
      try whenFree { () throws(JournalError) in try opened(retention: retention) }
    }

    /// Opens the journal when nobody has it any more: another test that starts a program holds copies of all descriptors for a
    /// moment.
    func whenFree<Opened>(_ open: () throws(JournalError) -> Opened) throws -> Opened {
      var opened: Opened?
      try waitUntil("the journal is free") {
        do throws(JournalError) {
          opened = try open()
        } catch {
          if case .claimed = error { return false }
          throw error
        }
        return true
      }
      return try #require(opened)
    }
  }

  private static let records: [JournalRecord] = [
    .added(JobID(1), failures: 0, path: "/api/1000"), .added(JobID(2), failures: 0, path: "/api/7"),
    .returned(JobID(2)), .done(JobID(1), attempts: 1, answer: "500500"),
    .added(JobID(3), failures: 0, path: "/nope"),
    .failed(JobID(3), attempts: 1, reason: "i-1: 404 Not Found"),
  ]

  @Test("the checksum is CRC-32, as in zip")
  func checksum() {
    #expect(CRC32.text(of: "123456789".utf8) == "cbf43926")
    #expect(CRC32.text(of: []) == "00000000")
  }

  @Test(
    "a record is read back from its line, whatever its text",
    arguments: ["", "500500", "a b%20\n\r\u{0}ü🙂", "%", "\""])
  func roundTrip(_ text: String) {
    for record in [
      JournalRecord.added(JobID(7), failures: 2, path: text), .done(JobID(7), attempts: 1, answer: text),
      .failed(JobID(7), attempts: 5, reason: text), .totals(next: 9, done: 3, failed: 1),
    ] {
      #expect(record.line.last == 10 && !record.line.dropLast().contains(10))
      #expect(JournalRecord(record.line.dropLast()) == record)
    }
  }

  @Test("every changed byte of a record is noticed")
  func changedBytes() {
    let line = Array(JournalRecord.done(JobID(7), attempts: 1, answer: "500500").line.dropLast())
    for place in line.indices {
      for bit in 0..<8 {
        var changed = line
        changed[place] ^= 1 << bit
        #expect(JournalRecord(changed[...]) == nil)
      }
    }
  }

  @Test("a queue is restored from its journal")
  func restored() throws {
    let folder = try Folder()
    do {
      var (journal, _) = try folder.restored()
      try journal.append(Self.records)
    }
    let (journal, queue) = try folder.restored()
    #expect(queue[JobID(1)]?.state == .finished(.done("500500")))
    #expect(queue[JobID(3)]?.state == .finished(.failed("i-1: 404 Not Found")))
    #expect(queue[JobID(2)]?.state == .waiting && queue[JobID(2)]?.failures == 1)
    #expect(queue.waiting == 1 && queue.done == 1 && queue.failed == 1)
    #expect(journal.next == 4 && journal.droppedBytes == 0)
  }

  @Test("a journal that ends at any byte is restored up to its last complete record, and goes on from there")
  func cut() throws {
    let folder = try Folder()
    do {
      var (journal, _) = try folder.restored()
      try journal.append(Self.records)
    }
    let whole = try folder.bytes()
    for count in 0...whole.count {
      try folder.write(whole.prefix(count))
      let complete = max(0, whole.prefix(count).count { $0 == 10 } - 1)
      do {
        var (journal, queue) = try folder.restored()
        let added = Self.records.prefix(complete).count { if case .added = $0 { true } else { false } }
        #expect(Int(queue.done + queue.failed) + queue.unfinished == added)
        let header = Journal.header.utf8.count + 1
        let end = count < header ? count : try #require(whole.prefix(count).lastIndex(of: 10)) + 1
        #expect(journal.droppedBytes == count - end)
        try journal.append([.added(JobID(journal.next), failures: 0, path: "/after")])
      }
      let (journal, queue) = try folder.restored()
      #expect(journal.droppedBytes == 0 && queue[JobID(journal.next - 1)]?.path == "/after")
    }
  }

  @Test(
    "a complete line that is no record is refused with its number, the last one too, and the file stays as it is",
    arguments: [
      ("/api/7", "/api/8", 3), ("500500\n", "500500\n\n", 6), ("%20404%20", "%20405%20", 7), (" f 3", "", 7),
      ("Found\n", "Found\n\n", 8), ("Found\n", "Found\n\(CRC32.text(of: "x 1".utf8)) x 1\n", 8),
    ])
  func corrupted(_ text: String, _ change: String, _ line: Int) throws {
    let folder = try Folder()
    do {
      var (journal, _) = try folder.restored()
      try journal.append(Self.records)
    }
    let whole = String(decoding: try folder.bytes(), as: UTF8.self)
    let bytes = Array(whole.replacing(text, with: change, maxReplacements: 1).utf8)
    try #require(bytes != Array(whole.utf8))
    try folder.write(bytes)
    #expect(throws: JournalError.corrupted(path: folder.journal, line: line)) { try folder.restored() }
    #expect(try folder.bytes() == bytes)
  }

  @Test("a last record that was written in part is dropped with a note, whatever it was about")
  func torn() throws {
    for record in [Self.records[4], .returned(JobID(2)), Self.records[3]] {
      let folder = try Folder()
      try folder.write(
        "\(Journal.header)\n".utf8 + Self.records[..<2].flatMap(\.line) + record.line.dropLast())
      var queue = JobQueue(mostFailures: 5, retention: 100)
      var store = try folder.whenFree { () throws(JournalError) in
        try JournalStore(folder.journal, restoring: &queue)
      }
      let events = try store.advance(queue, at: 0, isReady: false)
      let note =
        "\(folder.journal): dropped an incomplete record of \(record.line.count - 1) bytes at the end "
        + "(a crash while it was written)"
      #expect(events == [.ready, .note(note)])
      #expect(queue.waiting == 2 && queue.done == 0)
    }
  }

  @Test("a device and a directory are no journals", arguments: ["/dev/null", NSTemporaryDirectory()])
  func notRegular(_ path: String) {
    var queue = JobQueue(mostFailures: 5, retention: 100)
    let error = #expect(throws: JournalError.self) { _ = try Journal(path, restoring: &queue) }
    #expect(error == .notRegular(path: path))
    #expect(error?.description.hasPrefix("\(path) is not a regular file") == true)
  }

  @Test("a record of a job that was never accepted is refused")
  func contradictory() throws {
    let folder = try Folder()
    try folder.write(
      "scaleup.jobs/1\n".utf8 + JournalRecord.done(JobID(7), attempts: 1, answer: "1").line
        + JournalRecord.added(JobID(8), failures: 0, path: "/").line)
    #expect(throws: JournalError.contradictory(path: folder.journal, line: 2)) { try folder.restored() }
  }

  @Test(
    "a journal of another version, and any other file, is refused",
    arguments: [
      ("scaleup.jobs/2\nx\n", true), ("scaleup.jobs/10", true), ("{\"schema\":1}\n", false), ("\0\0", false),
    ])
  func otherFiles(_ text: String, _ isVersion: Bool) throws {
    let folder = try Folder()
    try folder.write(text.utf8)
    let line = String(text.prefix { $0 != "\n" })
    let expected: JournalError =
      isVersion ? .otherVersion(path: folder.journal, found: line) : .otherFile(path: folder.journal)
    #expect(throws: expected) { try folder.restored() }
  }

  @Test("two queues cannot share a journal")
  func claimed() throws {
    let folder = try Folder()
    let first = try folder.restored()
    #expect(throws: JournalError.claimed(path: folder.journal)) { try folder.opened() }
    withExtendedLifetime(first) {}
  }

  @Test("a compacted journal restores the same queue, and numbers go on")
  func compaction() throws {
    let folder = try Folder()
    do {
      var (journal, queue) = try folder.restored(retention: 3)
      for number in UInt64(1)...20 {
        let record = JournalRecord.added(JobID(number), failures: 0, path: "/api/\(number)")
        try journal.append([record])
        queue.add(Job(JobID(number), path: "/api/\(number)"))
      }
      for number in UInt64(1)...10 {
        let claimed = queue.claim(for: "a", at: 0)
        let job = try #require(claimed)
        try journal.append([.done(job.id, attempts: 1, answer: "\(number)")])
        queue.finish(job.id, .done("\(number)"))
      }
      _ = queue.claim(for: "a", at: 0)
      let before = try folder.bytes().count
      try journal.compact(queue)
      #expect(try folder.bytes().count < before)
      #expect(throws: JournalError.claimed(path: folder.journal)) { try folder.opened() }
      try journal.append([.added(JobID(21), failures: 0, path: "/last")])
    }
    var (journal, queue) = try folder.restored(retention: 3)
    #expect(journal.next == 22 && queue.done == 10 && queue.waiting == 11)
    #expect(queue[JobID(10)]?.state == .finished(.done("10")) && queue[JobID(7)] == nil)
    let order = (0..<11).map { _ in queue.claim(for: "a", at: 0)?.id.number }
    #expect(order == Array(11...21))
  }
}

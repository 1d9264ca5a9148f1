/// A record of a journal: one line with a checksum, a letter and fields, separated by spaces.
///
///     5d0a3e21 a 17 0 /api/1000000
///     0b1c9f44 d 17 1 500000500000
///
/// Bytes other than printable ASCII, spaces and `%` are written as `%20`, so that a line is a record and a space separates fields.
enum JournalRecord: Equatable, Sendable {
  /// `a`: a job was accepted; with the attempts that had failed when the journal was compacted.
  case added(JobID, failures: Int, path: String)
  /// `r`: an attempt of a job failed, and the job went back to the queue.
  case returned(JobID)
  /// `d`: a job was done at an attempt, with the answer.
  case done(JobID, attempts: Int, answer: String)
  /// `f`: a job failed at its last attempt, with the reason.
  case failed(JobID, attempts: Int, reason: String)
  /// `t`: the totals when the journal was compacted: the number of the next job, and the forgotten jobs.
  case totals(next: UInt64, done: UInt64, failed: UInt64)

  /// Creates the record of a job's end.
  init(_ job: Job, _ outcome: JobOutcome) {
    switch outcome {
    case .done(let answer): self = .done(job.id, attempts: job.attempts, answer: answer)
    case .failed(let reason): self = .failed(job.id, attempts: job.attempts, reason: reason)
    }
  }

  /// The line with its end.
  var line: [UInt8] {
    let text = Array(fields.joined(separator: " ").utf8)
    return Array(CRC32.text(of: text).utf8) + [Self.space] + text + [Self.lineEnd]
  }

  /// Reads a line without its end; `nil` if it is not a record.
  init?(_ line: ArraySlice<UInt8>) {
    let text = line.dropFirst(Self.checksumLength + 1)
    guard line.count > Self.checksumLength, line[line.startIndex + Self.checksumLength] == Self.space,
      line.prefix(Self.checksumLength).elementsEqual(CRC32.text(of: text).utf8)
    else { return nil }
    let fields = text.split(separator: Self.space, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    self.init(fields)
  }

  private init?(_ fields: [String]) {
    if fields.first == "t" {
      let numbers = fields.dropFirst().compactMap { UInt64($0) }
      guard fields.count == 4, numbers.count == 3 else { return nil }
      self = .totals(next: numbers[0], done: numbers[1], failed: numbers[2])
      return
    }
    guard fields.count >= 2, let id = JobID(fields[1]) else { return nil }
    if fields[0] == "r", fields.count == 2 {
      self = .returned(id)
      return
    }
    guard fields.count == 4, let count = Int(fields[2]), count >= 0, let text = Self.unescaped(fields[3])
    else {
      return nil
    }
    switch fields[0] {
    case "a": self = .added(id, failures: count, path: text)
    case "d": self = .done(id, attempts: count, answer: text)
    case "f": self = .failed(id, attempts: count, reason: text)
    default: return nil
    }
  }

  private var fields: [String] {
    switch self {
    case .added(let id, let failures, let path): ["a", "\(id)", "\(failures)", Self.escaped(path)]
    case .returned(let id): ["r", "\(id)"]
    case .done(let id, let attempts, let answer): ["d", "\(id)", "\(attempts)", Self.escaped(answer)]
    case .failed(let id, let attempts, let reason): ["f", "\(id)", "\(attempts)", Self.escaped(reason)]
    case .totals(let next, let done, let failed): ["t", "\(next)", "\(done)", "\(failed)"]
    }
  }

  static let lineEnd = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")
  private static let checksumLength = 8

  private static func escaped(_ text: String) -> String {
    var escaped: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    for byte in text.utf8 {
      if (0x21...0x7E).contains(byte), byte != UInt8(ascii: "%") {
        escaped.append(byte)
      } else {
        escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func unescaped(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

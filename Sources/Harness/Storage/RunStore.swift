import Platform
import Records

/// Keeps the trials of a run that is being carried out, and saves the run as it is after every trial.
///
/// The trials are kept in a spool, so that memory does not grow with them. Saving writes all of them again: of a run that
/// has come to take long to save, it waits until twenty times as long has passed since the last time.
public final class RunStore {
  private static let patience: UInt64 = 20

  private let frame: RunRecord
  private let encoder: RunEncoder
  private let spool: Spool
  private let save: ((Draft) throws(SystemError) -> Void) throws -> Void
  private let now: () -> UInt64
  private var isSaved = true
  private var nextSave: UInt64 = 0

  /// How many trials there are.
  public private(set) var count = 0

  /// Makes a store.
  ///
  /// - Parameters:
  ///   - run: The run, with the trials that it has already.
  ///   - spool: An empty spool.
  ///   - now: A clock, in nanoseconds.
  ///   - save: Replaces the results file by what the closure that it is given writes.
  /// - Throws: `EncodingError`, `SystemError`.
  public init(
    _ run: RunRecord, _ spool: Spool, now: @escaping () -> UInt64 = Clock.monotonic.now,
    save: @escaping ((Draft) throws(SystemError) -> Void) throws -> Void
  ) throws {
    var frame = run
    frame.trials = []
    (self.frame, self.spool, self.now, self.save) = (frame, spool, now, save)
    encoder = try RunEncoder(frame)
    for trial in run.trials { try keep(trial) }
  }

  /// Keeps a trial, and saves the run unless it was saved just now.
  ///
  /// - Throws: `EncodingError`, `SystemError`, and what `save` throws.
  public func add(_ trial: Trial) throws {
    try keep(trial)
    isSaved = false
    if now() >= nextSave { try saveNow() }
  }

  /// Saves the run if it has a trial that is not saved.
  ///
  /// - Throws: `SystemError`, and what `save` throws.
  public func finish() throws {
    if !isSaved { try saveNow() }
  }

  /// The run with all trials.
  ///
  /// - Throws: `SystemError`, and an error for a spool that somebody else has written to.
  public func run() throws -> RunRecord {
    var bytes: [UInt8] = []
    try write { (piece) throws(SystemError) in bytes += piece }
    return try JSON.decode(RunRecord.self, from: String(decoding: bytes, as: UTF8.self))
  }

  private func keep(_ trial: Trial) throws {
    try spool.append(Array(try encoder.line(trial, isFirst: count == 0).utf8))
    count += 1
  }

  private func saveNow() throws {
    let start = now()
    try save { (draft) throws(SystemError) in
      try self.write { (piece) throws(SystemError) in try draft.write(piece) }
    }
    let end = now()
    nextSave = end + (end - start) * Self.patience
    isSaved = true
  }

  private func write(_ receive: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) {
    try receive(Array(encoder.head.utf8))
    try spool.read(receive)
    try receive(Array(encoder.tail(isEmpty: count == 0).utf8))
  }
}

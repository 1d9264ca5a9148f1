import Platform
import Records

/// Stores the trials of a run in progress, and saves the run after every trial.
///
/// The trials are in a spool, so that memory does not grow with their number. Each save writes all of them again, so
/// saves are at least 20 times their duration apart.
public final class RunStore {
  private static let patience: UInt64 = 20

  private let frame: RunRecord
  private let encoder: RunEncoder
  private let spool: Spool
  private let save: ((Draft) throws(SystemError) -> Void) throws -> Void
  private let now: () -> UInt64
  private var isSaved = true
  private var nextSave: UInt64 = 0

  /// The number of trials.
  public private(set) var count = 0

  /// Makes a store.
  ///
  /// - Parameters:
  ///   - run: The run, with the trials that it already has.
  ///   - spool: An empty spool.
  ///   - now: A clock, in nanoseconds.
  ///   - save: Replaces the results file. It is passed a closure that writes the new contents.
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

  /// Stores a trial, and saves the run unless the last save was too recent.
  ///
  /// - Throws: `EncodingError`, `SystemError`, and any error of `save`.
  public func add(_ trial: Trial) throws {
    try keep(trial)
    isSaved = false
    if now() >= nextSave { try saveNow() }
  }

  /// Saves the run if a trial is unsaved.
  ///
  /// - Throws: `SystemError`, and any error of `save`.
  public func finish() throws {
    if !isSaved { try saveNow() }
  }

  /// Returns the run with all trials.
  ///
  /// - Throws: `SystemError`; an error if another program has written to the spool.
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

import Platform
import Records

/// Stores the trials of a run in progress, and saves the run after every trial.
///
/// The trials are in a spool, so that memory does not grow with their number. Each save writes all of them again, so
/// saves are at least 20 times their duration apart. A save that waits for the disk takes long on some machines, so these
/// are also at least a second apart; the last save always waits.
public final class RunStore {
  /// Replaces the results file with the contents that `write` writes, and waits for the disk if `isSynced`.
  public typealias Save = (_ isSynced: Bool, _ write: (Draft) throws(SystemError) -> Void) throws -> Void

  private enum State { case unsaved, saved, synced }

  private static let patience: UInt64 = 20
  /// The least time from the end of a synced save to the next one, in nanoseconds.
  private static let syncPause: UInt64 = 1_000_000_000

  private let frame: RunRecord
  private let encoder: RunEncoder
  private let spool: Spool
  private let save: Save
  private let now: () -> UInt64
  private var state = State.synced
  private var nextSave: UInt64 = 0
  private var nextSync: UInt64 = 0

  /// The number of trials.
  public private(set) var count = 0

  /// Makes a store.
  ///
  /// - Parameters:
  ///   - run: The run, with the trials that it already has.
  ///   - spool: An empty spool.
  ///   - now: A clock, in nanoseconds.
  ///   - save: Replaces the results file.
  /// - Throws: `EncodingError`, `SystemError`.
  public init(
    _ run: RunRecord, _ spool: Spool, now: @escaping () -> UInt64 = Clock.monotonic.now,
    save: @escaping Save
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
    state = .unsaved
    let time = now()
    if time >= nextSave { try saveNow(isSynced: time >= nextSync) }
  }

  /// Saves the run, unless its last save has all trials and was synced.
  ///
  /// - Throws: `SystemError`, and any error of `save`.
  public func finish() throws {
    if state != .synced { try saveNow(isSynced: true) }
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

  private func saveNow(isSynced: Bool) throws {
    let start = now()
    try save(isSynced) { (draft) throws(SystemError) in
      try self.write { (piece) throws(SystemError) in try draft.write(piece) }
    }
    let end = now()
    nextSave = end + (end - start) * Self.patience
    if isSynced { nextSync = end + Self.syncPause }
    state = isSynced ? .synced : .saved
  }

  private func write(_ receive: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) {
    try receive(Array(encoder.head.utf8))
    try spool.read(receive)
    try receive(Array(encoder.tail(isEmpty: count == 0).utf8))
  }
}

import ModelKit

/// Assigns the chunks of a region to workers, and adds up the results by worker.
///
/// A worker has two chunks: it computes one, and the other waits in its pipe, so that the worker does not wait for the
/// parent. A result counts when it is reported. The chunks of a lost worker that were not reported go to others.
struct ChunkScheduler {
  /// The number of chunks that a worker is assigned at a time.
  static let chunksAhead = 2

  private struct Assignment {
    /// The chunks assigned and not reported, oldest first.
    var pending: [Range<UInt64>] = []
    var done = Part()
    var isFinishing = false
  }

  private let chunks: Chunks
  private var lower: UInt64 = 0
  private var reclaimed: [Range<UInt64>] = []
  private var assignments: [Assignment]

  init(_ chunks: Chunks, workers: Int) {
    self.chunks = chunks
    assignments = Array(repeating: Assignment(), count: workers)
  }

  /// Assigns the next chunk to a worker.
  ///
  /// - Returns: The order for the worker: a chunk, or once `finish` when no chunk is left, or `nil` after that.
  mutating func nextOrder(for worker: Int) -> Order? {
    if let chunk = reclaimed.popLast() ?? chunks.chunk(from: lower) {
      lower = max(lower, chunk.upperBound)
      assignments[worker].pending.append(chunk)
      return .compute(chunk)
    }
    if assignments[worker].isFinishing { return nil }
    assignments[worker].isFinishing = true
    return .finish
  }

  /// Adds the result of the oldest pending chunk of a worker.
  ///
  /// - Returns: Whether there was such a chunk.
  mutating func add(_ result: UInt128, of worker: Int) -> Bool {
    if assignments[worker].pending.isEmpty { return false }
    assignments[worker].done.add(result, of: assignments[worker].pending.removeFirst())
    return true
  }

  /// Returns what a worker has reported, under its number, by all processes that had it; `nil` if a chunk is pending.
  func completedPart(of worker: Int) -> Part? {
    assignments[worker].pending.isEmpty ? assignments[worker].done : nil
  }

  /// Takes back the pending chunks of a lost worker, to assign them again.
  mutating func reclaimChunks(of worker: Int) {
    reclaimed += assignments[worker].pending
    assignments[worker].pending = []
    assignments[worker].isFinishing = false
  }
}

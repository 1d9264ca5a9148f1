import ModelKit

/// Deals the chunks of a region to the workers.
///
/// Every worker has two orders: one that it works at and one in its pipe, so that it does not wait for the parent.
/// When the chunks have run out, each is told once.
struct ChunkDealer {
  private static let ordersAhead = 2

  private let chunks: Chunks
  private var lower: UInt64 = 0
  private var told: Set<Int> = []

  init(_ chunks: Chunks) {
    self.chunks = chunks
  }

  /// Deals what every worker has at the region's start: one order each, then another each.
  ///
  /// - Throws: `SystemError`; `WorkerDeath`.
  mutating func dealFirst(to workers: [WorkerProcess]) throws {
    for _ in 0..<Self.ordersAhead {
      for worker in workers { try dealNext(to: worker) }
    }
  }

  /// Deals the next chunk to a worker that has finished one.
  ///
  /// - Throws: `SystemError`; `WorkerDeath`.
  mutating func dealNext(to worker: WorkerProcess) throws {
    if let chunk = chunks.chunk(from: lower) {
      lower = chunk.upperBound
      try worker.send(.treat(chunk))
    } else if told.insert(worker.number).inserted {
      try worker.send(.noMoreChunks)
    }
  }
}

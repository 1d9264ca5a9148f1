import Synchronization

/// The position up to which the numbers of a region have been taken: one atomic that all workers share.
final class ChunkCursor: Sendable {
  private let chunks: Chunks
  // Padding prevents false sharing between the atomic and its neighbors.
  private let before = Padding()
  private let next = Atomic<UInt64>(0)
  private let after = Padding()

  private struct Padding {
    let line = (
      0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64
    )
    let neighbour = (
      0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64
    )
  }

  init(_ chunks: Chunks) {
    self.chunks = chunks
  }

  /// Takes the next chunk; returns `nil` when all are taken.
  ///
  /// Relaxed memory ordering suffices: the chunk itself is all the information that workers exchange.
  @inline(__always)
  func take() -> Range<UInt64>? {
    chunks.areUniform ? takeUniform() : takeShrinking()
  }

  /// Counts chunks, not numbers. Each worker counts once past the end, so the count exceeds the number of
  /// chunks by at most the number of workers; 2^64 increments are out of reach.
  private func takeUniform() -> Range<UInt64>? {
    chunks.chunk(at: next.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  private func takeShrinking() -> Range<UInt64>? {
    var lower = next.load(ordering: .relaxed)
    while let chunk = chunks.chunk(from: lower) {
      let attempt = next.weakCompareExchange(
        expected: lower, desired: chunk.upperBound, ordering: .relaxed)
      if attempt.exchanged { return chunk }
      lower = attempt.original
    }
    return nil
  }
}

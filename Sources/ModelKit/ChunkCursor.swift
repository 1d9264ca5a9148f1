import Synchronization

/// The place up to which the numbers of a region have been taken: one atomic that all workers share.
final class ChunkCursor: Sendable {
  private let chunks: Chunks
  // What lies beside the atomic would be slowed down by it, and would slow it down.
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

  /// Takes the next chunk; `nil` when all are taken.
  ///
  /// The order of memory accesses is relaxed: a chunk says all that there is to know about it.
  @inline(__always)
  func take() -> Range<UInt64>? {
    chunks.haveOneSize ? takeOfOneSize() : takeShrinking()
  }

  /// Counts chunks, not numbers. Each worker counts once past the end, so that the count stays below 2^64 − 2
  /// chunks, which nobody lives to see, and as many as there are workers.
  private func takeOfOneSize() -> Range<UInt64>? {
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

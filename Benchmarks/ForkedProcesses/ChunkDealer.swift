import ModelKit

/// Deals the chunks of a region to the workers, and keeps account of what came of them.
///
/// Every worker has two orders: one that it works at and one in its pipe, so that it does not wait for the parent.
/// When the chunks have run out, each is told once. What counts is what workers have reported chunk by chunk, so that
/// of one that is lost only the chunks in its hands are dealt again.
struct ChunkDealer {
  static let ordersAhead = 2

  private struct Hand {
    var chunks: [Range<UInt64>] = []
    var done = Part()
    var isTold = false
  }

  private let chunks: Chunks
  private var lower: UInt64 = 0
  private var returned: [Range<UInt64>] = []
  private var hands: [Hand]

  init(_ chunks: Chunks, workers: Int) {
    self.chunks = chunks
    hands = Array(repeating: Hand(), count: workers)
  }

  /// The next order for a worker; `nil` where it was told already that there are no more chunks.
  mutating func nextOrder(for worker: Int) -> Order? {
    if let chunk = returned.popLast() ?? chunks.chunk(from: lower) {
      lower = max(lower, chunk.upperBound)
      hands[worker].chunks.append(chunk)
      return .treat(chunk)
    }
    if hands[worker].isTold { return nil }
    hands[worker].isTold = true
    return .noMoreChunks
  }

  /// Enters what came of the first chunk in a worker's hands; `false` where it has none there.
  mutating func settle(_ result: UInt128, of worker: Int) -> Bool {
    if hands[worker].chunks.isEmpty { return false }
    hands[worker].done.add(result, of: hands[worker].chunks.removeFirst())
    return true
  }

  /// What a worker has done, the processes together that were this worker one after the other; `nil` where there are
  /// chunks in its hands.
  func done(by worker: Int) -> Part? {
    hands[worker].chunks.isEmpty ? hands[worker].done : nil
  }

  /// Takes the chunks from the hands of a worker that is lost, to deal them again.
  mutating func takeBack(from worker: Int) {
    returned += hands[worker].chunks
    hands[worker].chunks = []
    hands[worker].isTold = false
  }
}

import Synchronization
import TestSupport
import Testing

@testable import ModelKit

struct ChunkCursorTests {
  @Test(
    "one worker takes every chunk in order, and then none", arguments: [Schedule.Kind.dynamic, .guided])
  func alone(kind: Schedule.Kind) throws {
    for (count, grain) in [(0, 1), (1, 1), (100, 7), (100, 100), (100, 101), (.max, 1 << 60), (.max, .max)]
      as [(UInt64, UInt64)]
    {
      let cursor = try cursor(kind, count, grain, workers: 3)
      let chunks = take(cursor)
      #expect(chunks.first?.lowerBound ?? 0 == 0 && chunks.last?.upperBound ?? 0 == count)
      #expect(zip(chunks, chunks.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      for _ in 0..<100 { #expect(cursor.take() == nil) }
    }
  }

  @Test(
    "threads that take chunks at once get every number once", arguments: [Schedule.Kind.dynamic, .guided],
    [(100_000, 1), (100_003, 10), (1 << 40, 1 << 24), (.max - 1, 1 << 48), (5, 1), (0, 1)]
      as [(UInt64, UInt64)])
  func together(kind: Schedule.Kind, amount: (count: UInt64, grain: UInt64)) throws {
    let workers = 8
    let cursor = try cursor(kind, amount.count, amount.grain, workers: workers)
    let taken = Mutex<[[Range<UInt64>]]>([])
    let waiting = Atomic<Int>(workers)
    // All draw from the start: one that is done before another begins would test nothing.
    let threads = try (0..<workers).map { _ in
      try Thread {
        waiting.subtract(1, ordering: .relaxed)
        while waiting.load(ordering: .relaxed) > 0 {}
        let chunks = take(cursor)
        taken.withLock { $0.append(chunks) }
      }
    }
    threads.forEach { $0.join() }
    let lists = taken.withLock(\.self)
    #expect(lists.count == workers)
    for chunks in lists {
      // Whoever draws later gets what lies behind.
      #expect(zip(chunks, chunks.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
    let all = lists.joined().sorted { $0.lowerBound < $1.lowerBound }
    #expect(all.first?.lowerBound ?? 0 == 0 && all.last?.upperBound ?? 0 == amount.count)
    let gaps = zip(all, all.dropFirst()).count { $0.upperBound != $1.lowerBound }
    #expect(gaps == 0)
    #expect(all.allSatisfy { !$0.isEmpty })
  }

  private func cursor(
    _ kind: Schedule.Kind, _ count: UInt64, _ grain: UInt64, workers: Int
  ) throws -> ChunkCursor {
    let schedule = Schedule(kind, grain: grain, count: count, workers: workers)
    return ChunkCursor(try #require(Chunks(of: count, schedule, workers: workers)))
  }
}

/// Everything that one worker gets.
private func take(_ cursor: ChunkCursor) -> [Range<UInt64>] {
  var chunks: [Range<UInt64>] = []
  while let chunk = cursor.take() { chunks.append(chunk) }
  return chunks
}

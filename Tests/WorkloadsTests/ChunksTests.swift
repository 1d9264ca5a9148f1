import TestSupport
import Testing

@testable import Workloads

struct ChunksTests {
  @Test("the chunks of any schedule, count, grain and worker count cover all numbers once, in order")
  func coverage() throws {
    var generator = SplitMix64(seed: 90)
    for _ in 0..<400 {
      let workers = Int.random(in: 1...300, using: &generator)
      let count = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      let least = max(1, count / 3000)
      let grain =
        least + min(UInt64.max - least, generator.next() >> UInt64.random(in: 0..<64, using: &generator))
      for grain in [grain, nil] where grain != nil || workers <= 40 {
        for kind in Schedule.Kind.allCases {
          let schedule = Schedule(kind, grain: grain, count: count, workers: workers)
          guard let chunks = Chunks(of: count, schedule, workers: workers) else {
            #expect(kind == .static && grain == nil)
            continue
          }
          #expect(fault(in: chunks, workers) == nil, "\(kind), \(workers) workers")
        }
      }
    }
  }

  @Test(
    "the extreme counts are scheduled without overflow",
    arguments: [0, 1, 2, 63, 64, 65, .max - 1, .max] as [UInt64], [1, 2, 3, 7, 1000, 4096])
  func extremeCounts(count: UInt64, workers: Int) throws {
    let huge =
      [1 << 60, 1 << 62, 1 << 63, (1 << 63) + 1, .max - 1, .max, max(1, count), count / 2 + 1] as [UInt64]
    for kind in Schedule.Kind.allCases {
      for grain in huge where grain > count / 5000 {
        let schedule = Schedule(kind, grain: grain, count: count, workers: workers)
        let chunks = try #require(Chunks(of: count, schedule, workers: workers))
        #expect(fault(in: chunks, workers) == nil, "\(kind)")
      }
    }
  }

  @Test("guided chunks start with an even share, never grow, and reach the grain except at the end")
  func guidedSizes() throws {
    let schedule = Schedule(.guided, grain: 10, count: 1000, workers: 4)
    let chunks = try #require(Chunks(of: 1000, schedule, workers: 4))
    let sizes = drawn(chunks).map { $0.upperBound - $0.lowerBound }
    #expect(Array(sizes.prefix(4)) == [250, 188, 141, 106])
    #expect(sizes.dropLast().allSatisfy { $0 >= 10 })
    #expect(sizes.reduce(0, +) == 1000)
    // One worker gets all at once, and so does any where the grain is that large.
    let lone = try #require(Chunks(of: 99, Schedule(.guided, grain: 5, count: 99, workers: 1), workers: 1))
    #expect(drawn(lone) == [0..<99])
    let coarse = try #require(Chunks(of: 99, Schedule(.guided, grain: 99, count: 99, workers: 3), workers: 3))
    #expect(drawn(coarse) == [0..<99])
  }

  @Test("the last chunk of a fixed size is the remainder")
  func lastChunk() throws {
    for (count, expected) in [(9, [0..<5, 5..<9]), (10, [0..<5, 5..<10]), (11, [0..<5, 5..<10, 10..<11])]
      as [(UInt64, [Range<UInt64>])]
    {
      let chunks = try #require(
        Chunks(of: count, Schedule(.dynamic, grain: 5, count: count, workers: 2), workers: 2))
      #expect(drawn(chunks) == expected)
      #expect(chunks.chunk(at: UInt64(expected.count)) == nil)
      #expect(chunks.chunk(at: .max) == nil)
      #expect(chunks.chunk(from: count) == nil)
    }
  }

  @Test("numbers without a schedule have no chunks")
  func none() {
    #expect(Chunks(of: 100, .even, workers: 4) == nil)
    #expect(Schedule(.static, count: 100, workers: 4) == .even)
    #expect(Schedule(.static, grain: 25, count: 100, workers: 4) != .even)
  }

  @Test("the default grain gives 64 chunks per worker, or one per number")
  func defaultGrain() {
    let expected: [(count: UInt64, workers: Int, grain: UInt64)] = [
      (0, 1, 1), (1, 1, 1), (63, 1, 1), (64, 1, 1), (65, 1, 2), (128, 2, 1), (129, 2, 2),
      (1_000_001, 4, 3907),
      (6400, 1, 100), (.max, 1, 1 << 58), (.max, 4096, 1 << 46), (5, 4096, 1),
    ]
    for (count, workers, grain) in expected {
      for kind in [Schedule.Kind.dynamic, .guided] {
        #expect(Schedule(kind, count: count, workers: workers).grain == grain, "\(count) of \(workers)")
        #expect(Schedule(kind, grain: 7, count: count, workers: workers).grain == 7)
      }
      #expect(Schedule(.static, count: count, workers: workers).grain == nil)
      let parts = UInt64(64 * workers)
      #expect(count == 0 || (count - 1) / grain < parts, "at most 64 chunks a worker")
    }
  }

  /// The chunks as they are drawn.
  private func drawn(_ chunks: Chunks) -> [Range<UInt64>] {
    var drawn: [Range<UInt64>] = []
    var lower: UInt64 = 0
    while let chunk = chunks.chunk(from: lower) {
      drawn.append(chunk)
      lower = chunk.upperBound
    }
    return drawn
  }

  /// Returns the fault in chunks; `nil` if there is none.
  private func fault(in chunks: Chunks, _ workers: Int) -> String? {
    let (count, grain) = (chunks.count, chunks.grain)
    let place = "\(count) in \(grain)"
    var (lower, position, size) = (0 as UInt64, 0 as UInt64, UInt64.max)
    while lower < count {
      guard let chunk = chunks.chunk(from: lower) else { return "\(place): none from \(lower)" }
      let length = chunk.upperBound - chunk.lowerBound
      if chunk.lowerBound != lower || length == 0 || chunk.upperBound > count { return "\(place): \(chunk)" }
      if length < grain && chunk.upperBound < count { return "\(place): \(chunk) is below the grain" }
      if length > size { return "\(place): \(chunk) is larger than the one before" }
      if chunks.areUniform {
        if chunks.chunk(at: position) != chunk { return "\(place): number \(position) is not \(chunk)" }
        if length > grain { return "\(place): \(chunk) is above the grain" }
      } else if length > max(grain, (count - lower - 1) / UInt64(workers) + 1) {
        return "\(place): \(chunk) is more than an even part"
      }
      (lower, position, size) = (chunk.upperBound, position + 1, length)
    }
    if chunks.chunk(from: count) != nil { return "\(place): one past the end" }
    return chunks.areUniform && chunks.chunk(at: position) != nil ? "\(place): one past the last" : nil
  }
}

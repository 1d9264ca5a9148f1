import TestSupport
import Testing

@testable import ForkedProcesses
@testable import ModelKit

@Suite struct ChunkSchedulerTests {
  @Test("every number is counted once, whichever worker is lost and whenever")
  func exactness() throws {
    var generator = SplitMix64(seed: 2026)
    for _ in 0..<300 {
      let count = UInt64.random(in: 1...500, using: &generator)
      let workers = Int.random(in: 1...5, using: &generator)
      let kind: Schedule.Kind = Bool.random(using: &generator) ? .dynamic : .guided
      let grain = UInt64.random(in: 1...count, using: &generator)
      let schedule = Schedule(kind, grain: grain, count: count, workers: workers)
      var scheduler = ChunkScheduler(
        try #require(Chunks(of: count, schedule, workers: workers)), workers: workers)
      var pipes: [[Order]] = Array(repeating: [], count: workers)
      func assign(to worker: Int) { scheduler.nextOrder(for: worker).map { pipes[worker].append($0) } }
      for _ in 0..<ChunkScheduler.chunksAhead { (0..<workers).forEach(assign) }
      while let worker = (0..<workers).filter({ !pipes[$0].isEmpty }).randomElement(using: &generator) {
        if UInt.random(in: 0..<8, using: &generator) == 0 {
          pipes[worker] = []
          scheduler.reclaimChunks(of: worker)
          for _ in 0..<ChunkScheduler.chunksAhead { assign(to: worker) }
        } else if case .compute(let chunk) = pipes[worker].removeFirst() {
          let isAssigned = scheduler.add(chunk.reduce(0) { $0 + UInt128($1) }, of: worker)
          #expect(isAssigned)
          assign(to: worker)
        }
      }
      var total = UInt128(0)
      for worker in 0..<workers { total += try #require(scheduler.completedPart(of: worker)).result }
      #expect(total == UInt128(count) * UInt128(count - 1) / 2, "\(schedule)")
    }
  }

  @Test("a result without a chunk is rejected, and a worker with a pending chunk is not complete")
  func pendingChunks() throws {
    let schedule = Schedule(.dynamic, grain: 1, count: 1, workers: 2)
    var scheduler = ChunkScheduler(try #require(Chunks(of: 1, schedule, workers: 2)), workers: 2)
    #expect(scheduler.add(0, of: 0) == false)
    #expect(scheduler.nextOrder(for: 0) == .compute(0..<1))
    #expect(scheduler.completedPart(of: 0) == nil && scheduler.completedPart(of: 1) != nil)
    #expect(scheduler.add(0, of: 1) == false)
    #expect(scheduler.add(0, of: 0) == true)
    #expect(scheduler.completedPart(of: 0) != nil)
    #expect(scheduler.nextOrder(for: 0) == .finish && scheduler.nextOrder(for: 0) == nil)
  }
}

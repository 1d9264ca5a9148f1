import TestSupport
import Testing

@testable import ForkedProcesses
@testable import ModelKit

@Suite struct ChunkDealerTests {
  @Test func `every number is counted once, whoever is lost and when`() throws {
    var generator = SplitMix64(seed: 2026)
    for _ in 0..<300 {
      let count = UInt64.random(in: 1...500, using: &generator)
      let workers = Int.random(in: 1...5, using: &generator)
      let kind: Schedule.Kind = Bool.random(using: &generator) ? .dynamic : .guided
      let grain = UInt64.random(in: 1...count, using: &generator)
      let schedule = Schedule(kind, grain: grain, count: count, workers: workers)
      var dealer = ChunkDealer(try #require(Chunks(of: count, schedule, workers: workers)), workers: workers)
      var pipes: [[Order]] = Array(repeating: [], count: workers)
      func deal(_ worker: Int) { dealer.nextOrder(for: worker).map { pipes[worker].append($0) } }
      for _ in 0..<ChunkDealer.ordersAhead { (0..<workers).forEach(deal) }
      while let worker = (0..<workers).filter({ !pipes[$0].isEmpty }).randomElement(using: &generator) {
        if UInt.random(in: 0..<8, using: &generator) == 0 {
          pipes[worker] = []
          dealer.takeBack(from: worker)
          for _ in 0..<ChunkDealer.ordersAhead { deal(worker) }
        } else if case .treat(let chunk) = pipes[worker].removeFirst() {
          let isDealt = dealer.settle(chunk.reduce(0) { $0 + UInt128($1) }, of: worker)
          #expect(isDealt)
          deal(worker)
        }
      }
      var total = UInt128(0)
      for worker in 0..<workers { total += try #require(dealer.done(by: worker)).result }
      #expect(total == UInt128(count) * UInt128(count - 1) / 2, "\(schedule)")
    }
  }

  @Test func `a result without a chunk, and a worker that still has one, are noticed`() throws {
    let schedule = Schedule(.dynamic, grain: 1, count: 1, workers: 2)
    var dealer = ChunkDealer(try #require(Chunks(of: 1, schedule, workers: 2)), workers: 2)
    #expect(dealer.settle(0, of: 0) == false)
    #expect(dealer.nextOrder(for: 0) == .treat(0..<1))
    #expect(dealer.done(by: 0) == nil && dealer.done(by: 1) != nil)
    #expect(dealer.settle(0, of: 1) == false)
    #expect(dealer.settle(0, of: 0) == true)
    #expect(dealer.done(by: 0) != nil)
    #expect(dealer.nextOrder(for: 0) == .noMoreChunks && dealer.nextOrder(for: 0) == nil)
  }
}

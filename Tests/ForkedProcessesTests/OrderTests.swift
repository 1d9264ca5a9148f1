import ModelKit
import TestSupport
import Testing

@testable import ForkedProcesses

@Suite struct OrderTests {
  @Test func `every order arrives as it was sent`() {
    var generator = SplitMix64(seed: 100)
    var orders = [Order.noMoreChunks, .begin(0), .begin(.max), .treat(0..<0), .treat(0..<UInt64.max)]
    for _ in 0..<100 {
      let (one, other) = (generator.next(), generator.next())
      orders += [.begin(one), .treat(min(one, other)..<max(one, other))]
    }
    for order in orders { #expect(Order(order.message) == order) }
  }

  @Test(
    arguments: [(0, 0, 0), (5, 0, 0), (.max, 1, 2), (2, 2, 1), (2, .max, 0)] as [(UInt64, UInt64, UInt64)])
  func `what no parent has sent is no order`(kind: UInt64, first: UInt64, second: UInt64) {
    #expect(Order(.init(kind: kind, first: first, second: second)) == nil)
  }

  @Test func `a message is short enough that a pipe keeps it together`() {
    #expect(MemoryLayout<Order.Message>.size == 24)
  }
}

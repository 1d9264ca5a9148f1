import ModelKit
import TestSupport
import Testing

@testable import ForkedProcesses

@Suite struct OrderTests {
  @Test("every order arrives as it was sent")
  func roundTrip() {
    var generator = SplitMix64(seed: 100)
    var orders = [
      Order.finish, .begin(0, .touch), .begin(.max, .check), .compute(0..<0), .compute(0..<UInt64.max),
    ]
    for _ in 0..<100 {
      let (one, other) = (generator.next(), generator.next())
      orders += [.begin(one, .work), .compute(min(one, other)..<max(one, other))]
    }
    for order in orders { #expect(Order(order.message) == order) }
  }

  @Test(
    "a malformed message is no order",
    arguments: [(0, 0, 0), (5, 0, 0), (.max, 1, 2), (2, 2, 1), (2, .max, 0), (1, 0, 3)]
      as [(UInt64, UInt64, UInt64)])
  func malformed(kind: UInt64, first: UInt64, second: UInt64) {
    #expect(Order(.init(kind: kind, first: first, second: second)) == nil)
  }

  @Test("a message is short enough for a pipe to write it atomically")
  func size() {
    // POSIX: _POSIX_PIPE_BUF.
    #expect(MemoryLayout<Order.Message>.size == 24 && 24 <= 512)
  }
}

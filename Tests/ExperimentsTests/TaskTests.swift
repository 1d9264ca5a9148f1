import ModelKit
import Testing

@testable import Experiments

/// Work in child tasks: trees and items.
struct TaskTests {
  @Test(
    "every item is computed once, however the items are divided",
    arguments: ["loop", "item", "thousand", "worker"],
    [1, 3, 40])
  func items(kernel: String, workers: Int) async throws {
    for upTo in [0, 1, 999, 1000, 2_500] as [UInt64] {
      #expect(try await run(Items.self, kernel, upTo, workers: workers).result.value == sum(upTo))
    }
  }
}

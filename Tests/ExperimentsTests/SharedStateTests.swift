import ModelKit
import Testing

@testable import Experiments

/// Races, deadlocks and reentrancy: what must happen does every time, and what may happen stays within bounds.
struct SharedStateTests {
  @Test("a race never finds more than the right sum, and one thread alone loses nothing")
  func race() async throws {
    for workers in [2, 7] {
      let record = try await run(Race.self, "racing", 200_000, workers: workers)
      #expect(record.result.value > 0 && record.result.value <= sum(200_000))
      #expect(record.shares?.count == workers)
    }
    for upTo in [0, 1, 100_003] as [UInt64] {
      #expect(try await run(Race.self, "racing", upTo, workers: 1).result.value == sum(upTo))
    }
  }

  @Test("a balance that is checked before an await is paid to every task", arguments: [1, 2, 5, 40])
  func unchecked(tasks: Int) async throws {
    for _ in 0..<5 {
      #expect(
        try await run(Reentrancy.self, "unchecked", 99, workers: tasks).result.value == UInt128(100 * tasks))
    }
  }

  @Test(
    "a balance that is checked after the await is paid once", arguments: ["rechecked", "together"],
    [1, 2, 5, 40])
  func rechecked(kernel: String, tasks: Int) async throws {
    for _ in 0..<5 {
      #expect(try await run(Reentrancy.self, kernel, 99, workers: tasks).result.value == 100)
    }
  }
}

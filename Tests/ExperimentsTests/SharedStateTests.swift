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

  @Test("threads that each hold their first lock deadlock every time, and the deadline ends it")
  func held() async throws {
    for _ in 0..<5 {
      let record = try await run(Deadlock.self, "held", 999, workers: 2)
      #expect(record.result.value == 0)
      #expect(record.region >= Deadlock.patience)
      #expect(record.shares?.map(\.result.value) == [0, 0])
    }
  }

  @Test("threads that take both locks in one order make all transfers")
  func sameOrder() async throws {
    for upTo in [0, 20_000] as [UInt64] {
      let record = try await run(Deadlock.self, "same", upTo, workers: 2)
      #expect(record.result.value == 2 * (UInt128(upTo) + 1))
    }
  }

  @Test("threads that take the locks in opposite orders end, by a deadlock or with all transfers")
  func opposite() async throws {
    for _ in 0..<5 {
      let record = try await run(Deadlock.self, "opposite", 5_000, workers: 2)
      let isDeadlocked = record.result.value < 2 * 5_001
      #expect(record.result.value <= 2 * 5_001)
      #expect(!isDeadlocked || record.region >= Deadlock.patience)
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

  @Test("a deadlock of other than two threads is refused")
  func twoThreads() async {
    for workers in [1, 3] {
      await #expect(throws: ExperimentError.self) {
        try await run(Deadlock.self, "same", 9, workers: workers)
      }
    }
  }
}

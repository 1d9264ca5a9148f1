import ModelKit
import Testing

@testable import Experiments

/// The experiments of the lessons: right if they should be, and wrong if that is the lesson.
struct ExperimentTests {
  @Test(
    "however the total is shared, every number is added exactly once",
    arguments: ["private", "adjacent", "atomic", "mutex", "actor", "message"], [1, 2, 5, 40])
  func howeverTotal(kernel: String, workers: Int) async throws {
    for upTo in [0, 3, 10_007] as [UInt64] {
      let record = try await run(Sharing.self, kernel, upTo, workers: workers)
      #expect(record.result.value == sum(upTo))
      #expect(record.kernel == kernel)
    }
  }

  @Test(
    "the loop that may vanish and the one that may not have the same sum", arguments: ["plain", "barrier"])
  func loopMay(kernel: String) async throws {
    for (upTo, workers) in [(0, 1), (1, 1), (100_000, 1), (99_999, 3)] as [(UInt64, Int)] {
      #expect(try await run(Vanished.self, kernel, upTo, workers: workers).result.value == sum(upTo))
    }
  }

  @Test(
    "a sum with a serial part is exact, and no worker starts before that part is done",
    arguments: ["fifth", "half", "tenth", "growing"], [1, 2, 3, 9])
  func sumSerial(
    kernel: String, workers: Int
  ) async throws {
    for upTo in [0, 1, 8, 100_003] as [UInt64] {
      let record = try await run(Serial.self, kernel, upTo, workers: workers)
      #expect(record.result.value == sum(upTo))
      let shares = try #require(record.shares)
      #expect(shares.allSatisfy { $0.begin >= shares[0].begin && $0.range == nil })
      #expect(shares.reduce(0) { $0 + $1.result.value } == sum(upTo))
    }
  }

  @Test("worker 0 adds the serial part and its share")
  func worker0() async throws {
    let shares = try #require(try await run(Serial.self, "half", 99, workers: 2).shares)
    // 0…49 alone and 50…74; then 75…99.
    #expect(shares.map(\.result.value) == [sum(74), sum(99) - sum(74)])
    // As much alone as each of the three has of the rest.
    let growing = try #require(try await run(Serial.self, "growing", 99, workers: 3).shares)
    #expect(growing.map(\.result.value) == [sum(49), sum(74) - sum(49), sum(99) - sum(74)])
  }

  @Test("every wait happens and takes its time", arguments: ["blocking", "suspending"])
  func waitHappens(kernel: String) async throws {
    let record = try await run(Waiting.self, kernel, 3, workers: 4)
    #expect(record.result.value == 4)
    let shares = try #require(record.shares)
    #expect(shares.allSatisfy { $0.end - $0.begin >= Waiting.wait && $0.result.value == 1 })
  }

  @Test(
    "every pass of the byte is counted once, by one thread or by two in turn",
    .enabled(if: Processor.canBind, "threads cannot be kept on one CPU"),
    arguments: ["0KiB", "64KiB", "512KiB"], [1, 2])
  func passes(kernel: String, workers: Int) async throws {
    for upTo in [0, 1, 2, 501] as [UInt64] {
      let record = try await run(Switching.self, kernel, upTo, workers: workers)
      #expect(record.result.value == UInt128(upTo + 1))
      let turns = try #require(record.shares).map { UInt64($0.result.value) }
      #expect(turns == (workers == 1 ? [upTo + 1] : [upTo / 2 + 1, (upTo + 1) / 2]))
    }
  }

  @Test("doubles are exact up to 53 bits, and not beyond")
  func doublesExact() {
    #expect(Totals.sumOfDoubles(0..<100_001) == sum(100_000))
    let (odd, even) = (UInt64(1) << 53 + 1, UInt64(1) << 53)
    #expect(Totals.sumOfDoubles(odd..<odd + 1) == UInt128(even))
    #expect(Totals.sumOfDoubles(even..<even + 2) == 2 * UInt128(even))
  }

  @Test("64-bit sums wrap around where Swift's own addition would trap")
  func n64Bit() async throws {
    let half = UInt64(1) << 62
    #expect(Totals.sumWrapping(half..<half + 2) == UInt128(1) << 63 + 1)
    #expect(Totals.sumWrapping(half..<half + 4) == 6)
    #expect(Totals.countBeforeOverflow(half..<half + 4) == 1)
    #expect(Totals.countBeforeOverflow(0..<100_001) == 100_001)
    #expect(try await run(Totals.self, "int64", 100_000, workers: 3).result.value == sum(100_000))
  }

  @Test("a job that an experiment cannot run is refused")
  func jobExperiment() async {
    await #expect(throws: ExperimentError.self) { try await run(Totals.self, "trapping", 10, workers: 2) }
    await #expect(throws: ExperimentError.self) { try await run(Switching.self, "0KiB", 10, workers: 3) }
    for experiment in [Vanished.self, Sharing.self] as [any Experiment.Type] {
      let kernel = experiment.workload.kernels[0].name
      await #expect(throws: ExperimentError.self) {
        try await run(experiment, kernel, 6_074_001_000, workers: 1)
      }
    }
  }

  @Test("experiments have unique names")
  func experimentsUnique() {
    let names = Experiments.all.map { $0.workload.name }
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: Workload.all.map(\.name)))
  }
}

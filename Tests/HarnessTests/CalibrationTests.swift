import Records
import Testing

@testable import Harness

@Suite("The calibration")
struct CalibrationTests {
  /// A runner with a worker of so many numbers a second.
  private func runner(rate: Double) -> MockRunner {
    MockRunner { configuration, _ in
      measured(wall: 1, region: UInt64(Double(configuration.upTo ?? 0) / rate * 1e9))
    }
  }

  @Test("tries ten times as many numbers until they take 50 ms")
  func growth() throws {
    let runner = runner(rate: 1e9)
    #expect(try Calibration(runner).rate(model: "fork", workload: "sum") == 1e9)
    #expect(runner.asked == [1_000_000, 10_000_000, 100_000_000].map { sum("fork", 1, upTo: $0) })
  }

  @Test("is content with the first trial of a slow machine, and with exactly 50 ms")
  func slow() throws {
    let slow = runner(rate: 1e6)
    #expect(try Calibration(slow).rate(model: "single", workload: "sum") == 1e6)
    #expect(slow.asked.count == 1)
    let exact = runner(rate: 2e7)
    #expect(try Calibration(exact).rate(model: "single", workload: "sum") == 2e7)
    #expect(exact.asked.count == 1)
  }

  @Test("finds a rate of any size", arguments: [1e3, 4.4e9, 1e11, 1e13])
  func rates(rate: Double) throws {
    let runner = runner(rate: rate)
    let found = try Calibration(runner).rate(model: "single", workload: "sum")
    #expect(abs(found / rate - 1) < 1e-6)
    let amounts = runner.asked.compactMap(\.upTo)
    #expect(zip(amounts, amounts.dropFirst()).allSatisfy { $1 == 10 * $0 })
    #expect(runner.timeouts.allSatisfy { $0 == 60_000_000_000 })
  }

  @Test("comes to an end where numbers take no time")
  func noTime() throws {
    let runner = MockRunner { _, _ in measured(wall: 1, region: 0) }
    let rate = try Calibration(runner).rate(model: "single", workload: "sum")
    #expect(rate.isFinite && rate > 0)
    #expect(runner.asked.count == 10)
  }

  @Test("fails with the reason for which its trial failed, the first or a later one", arguments: [0, 2])
  func failure(position: Int) {
    let runner = MockRunner { _, trial in
      trial == position ? .failed(reason: "it broke", nil) : measured(wall: 1, region: 1)
    }
    #expect(throws: Calibration<MockRunner>.Failure(reason: "it broke")) {
      try Calibration(runner).rate(model: "single", workload: "sum")
    }
    #expect(runner.asked.count == position + 1)
  }

  @Test("passes an interruption on")
  func interruption() {
    let runner = MockRunner { (_, _) throws(Interruption) in throw Interruption(signal: 15) }
    #expect(throws: Interruption(signal: 15)) {
      try Calibration(runner).rate(model: "single", workload: "sum")
    }
  }
}

import Foundation
import Records
import Testing

@testable import Harness

struct CalibrationTests {
  /// A runner with a worker of so many numbers a second.
  private func runner(rate: Double) -> MockRunner {
    MockRunner { configuration, _ in
      measured(wall: 1, region: UInt64(Double(configuration.upTo ?? 0) / rate * 1e9))
    }
  }

  private let asked = Configuration(model: "single", workload: "sum", workers: 1)

  @Test("calibration multiplies N by ten until a trial takes 50 ms")
  func growth() throws {
    let runner = runner(rate: 1e9)
    let cost = try Calibration(runner).cost(of: asked)
    #expect(cost == Cost(upTo: 100_000_000, time: 100_000_000))
    #expect(runner.asked == (4...8).map { sum("single", 1, upTo: tenToThe($0)) })
  }

  @Test("calibration stops at the first trial if it takes half a second")
  func slow() throws {
    let runner = runner(rate: 2e4)
    #expect(try Calibration(runner).cost(of: asked) == Cost(upTo: 10_000, time: 500_000_000))
    #expect(runner.asked.count == 1)
  }

  @Test(
    "a trial of exactly 50 ms is enough, and a shorter one is not", arguments: [(2e7, 6), (2.000_001e7, 7)])
  func leastTime(rate: Double, exponent: Int) throws {
    let runner = runner(rate: rate)
    #expect(try Calibration(runner).cost(of: asked).upTo == tenToThe(exponent))
    #expect(runner.asked.last?.upTo == tenToThe(exponent))
  }

  @Test("calibration finds a cost of any size", arguments: [1e3, 4.4e9, 1e11, 1e13])
  func rates(rate: Double) throws {
    let runner = runner(rate: rate)
    let cost = try Calibration(runner).cost(of: asked)
    #expect(abs(cost.time(of: 1_000_000_000) * rate / 1e18 - 1) < 1e-5)
    let amounts = runner.asked.compactMap(\.upTo)
    #expect(zip(amounts, amounts.dropFirst()).allSatisfy { $1 == 10 * $0 })
    #expect(runner.timeouts.allSatisfy { $0 == 60_000_000_000 })
  }

  @Test("calibration uses the model, kernel, workload and time limit of the request")
  func question() throws {
    let runner = runner(rate: 1e6)
    let asked = Configuration(model: "rust", isPeer: true, workload: "primes", kernel: "simd", workers: 1)
    _ = try Calibration(runner, timeout: 7).cost(of: asked)
    var expected = asked
    for configuration in runner.asked {
      expected.upTo = configuration.upTo
      #expect(configuration == expected)
    }
    #expect(runner.timeouts == [7, 7])
  }

  @Test(
    "start-up time does not distort the cost, however long it is",
    arguments: [1e6, 40e6, 200e6], [1e8, 4e9, 1e11])
  func startUp(start: Double, rate: Double) throws {
    let runner = MockRunner { configuration, _ in
      measured(wall: 1, region: UInt64(start + Double(configuration.upTo ?? 0) / rate * 1e9))
    }
    let cost = try Calibration(runner).cost(of: asked)
    let last = try #require(runner.asked.last?.upTo)
    // What was tried last took three times as long as a start, or half a second.
    #expect(cost.time >= min(3 * start, 500e6) && cost.upTo == last)
    #expect(cost.time >= 50e6 && Double(last) / rate * 1e9 < 10 * 500e6)
    let halfSecond = cost.upTo(taking: 500e6) / rate
    #expect((0.25...0.55).contains(halfSecond), "N takes \(halfSecond) s without the start")
  }

  @Test("calibration finds how the time grows if large numbers take longer", arguments: [1, 1.25, 1.5, 2])
  func superlinear(exponent: Double) throws {
    let runner = MockRunner { configuration, _ in
      measured(wall: 1, region: UInt64(0.5 * pow(Double(configuration.upTo ?? 0), exponent)))
    }
    let cost = try Calibration(runner).cost(of: asked)
    #expect(abs(cost.exponent - exponent) < 0.01)
    #expect(abs(cost.upTo(taking: 500e6) / pow(1e9, 1 / exponent) - 1) < 0.05)
  }

  @Test("calibration ends even if numbers take no time")
  func noTime() throws {
    let runner = MockRunner { _, _ in measured(wall: 1, region: 0) }
    let cost = try Calibration(runner).cost(of: asked)
    #expect(cost == Cost(upTo: tenToThe(15), time: 1))
    #expect(runner.asked.count == 12)
  }

  @Test("calibration fails with the reason of its failed trial, the first or a later one", arguments: [0, 2])
  func failure(position: Int) {
    let runner = MockRunner { _, trial in
      trial == position ? .failed(reason: "it broke", nil) : measured(wall: 1, region: 1)
    }
    #expect(throws: CalibrationFailure(reason: "it broke")) {
      try Calibration(runner).cost(of: asked)
    }
    #expect(runner.asked.count == position + 1)
  }

  @Test("an interruption ends calibration")
  func interruption() {
    let runner = MockRunner { (_, _) throws(Interruption) in throw Interruption(signal: 15) }
    #expect(throws: Interruption(signal: 15)) {
      try Calibration(runner).cost(of: asked)
    }
  }

  private func tenToThe(_ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

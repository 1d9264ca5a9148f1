import Records
import Testing

@testable import Harness

struct TimeEstimateTests {
  private let estimate = TimeEstimate(costs: costs(["sum": 1000]), effectiveCPUs: 4)

  @Test(
    "a sum is divided among its workers, up to the number of CPUs",
    arguments: [(1, 8e9), (2, 4e9), (4, 2e9), (5, 2e9), (4096, 2e9)])
  func fixedAmount(workers: Int, nanoseconds: Double) {
    #expect(estimate.time(of: sum("fork", workers, upTo: 8000)) == nanoseconds)
  }

  @Test("a workload of fixed time takes its duration, whatever the workers", arguments: [1, 4, 4096])
  func fixedTime(workers: Int) {
    #expect(estimate.time(of: stress("fork", workers, duration: 12345)) == 12345)
  }

  @Test("an unknown time is estimated as 0")
  func unknown() {
    #expect(estimate.time(of: Configuration(model: "m", workload: "w", workers: 1, upTo: 5)) == 0)
    #expect(estimate.time(of: Configuration(model: "m", workload: "w", workers: 1)) == 0)
  }

  @Test("the estimate follows the last trial of the same configuration only")
  func learning() {
    var estimate = estimate
    estimate.learn(sum("fork", 2, upTo: 8000), took: 5)
    #expect(estimate.time(of: sum("fork", 2, upTo: 8000)) == 5)
    estimate.learn(sum("fork", 2, upTo: 8000), took: 7)
    #expect(estimate.time(of: sum("fork", 2, upTo: 8000)) == 7)
    #expect(estimate.time(of: sum("fork", 1, upTo: 8000)) == 8e9)
    #expect(estimate.time(of: sum("single", 2, upTo: 8000)) == 4e9)
  }

  @Test("the time limit is a minute plus ten times the estimate")
  func timeout() {
    #expect(estimate.timeout(of: stress("fork", 1, duration: 2_000_000_000)) == 80_000_000_000)
    #expect(estimate.timeout(of: Configuration(model: "m", workload: "w", workers: 1)) == 60_000_000_000)
  }

  @Test("the time limit fits the clock, however long the trial")
  func endlessTimeout() {
    let endless = TimeEstimate(costs: costs(["sum": 1e-9]), effectiveCPUs: 1)
    #expect(endless.timeout(of: sum("single", 1, upTo: .max)) == 1_000_000_000_000_000_000)
    #expect(endless.timeout(of: stress("single", 1, duration: .max)) == 1_000_000_000_000_000_000)
  }
}

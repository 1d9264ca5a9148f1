import Records
import Testing

@testable import Harness

@Suite("The estimate of a trial's time")
struct TimeEstimateTests {
  private let estimate = TimeEstimate(costs: costs(["sum": 1000]), effectiveCPUs: 4)

  @Test(
    "divides a sum among its workers, as far as there are CPUs for them",
    arguments: [(1, 8e9), (2, 4e9), (4, 2e9), (5, 2e9), (4096, 2e9)])
  func fixedAmount(workers: Int, nanoseconds: Double) {
    #expect(estimate.time(of: sum("fork", workers, upTo: 8000)) == nanoseconds)
  }

  @Test("is the duration of a workload of fixed time, whatever the workers", arguments: [1, 4, 4096])
  func fixedTime(workers: Int) {
    #expect(estimate.time(of: stress("fork", workers, duration: 12345)) == 12345)
  }

  @Test("is 0 where nothing is known")
  func unknown() {
    #expect(estimate.time(of: Configuration(model: "m", workload: "w", workers: 1, upTo: 5)) == 0)
    #expect(estimate.time(of: Configuration(model: "m", workload: "w", workers: 1)) == 0)
  }

  @Test("follows what the last trial of the same configuration took, and no other")
  func learning() {
    var estimate = estimate
    estimate.learn(sum("fork", 2, upTo: 8000), took: 5)
    #expect(estimate.time(of: sum("fork", 2, upTo: 8000)) == 5)
    estimate.learn(sum("fork", 2, upTo: 8000), took: 7)
    #expect(estimate.time(of: sum("fork", 2, upTo: 8000)) == 7)
    #expect(estimate.time(of: sum("fork", 1, upTo: 8000)) == 8e9)
    #expect(estimate.time(of: sum("single", 2, upTo: 8000)) == 4e9)
  }

  @Test("leads to a limit of a minute and ten times as much")
  func timeout() {
    #expect(estimate.timeout(of: stress("fork", 1, duration: 2_000_000_000)) == 80_000_000_000)
    #expect(estimate.timeout(of: Configuration(model: "m", workload: "w", workers: 1)) == 60_000_000_000)
  }

  @Test("leads to a limit that a clock can count, however long the trial")
  func endlessTimeout() {
    let endless = TimeEstimate(costs: costs(["sum": 1e-9]), effectiveCPUs: 1)
    #expect(endless.timeout(of: sum("single", 1, upTo: .max)) == 1_000_000_000_000_000_000)
    #expect(endless.timeout(of: stress("single", 1, duration: .max)) == 1_000_000_000_000_000_000)
  }
}

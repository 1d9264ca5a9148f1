import Records
import Testing

@testable import Load

struct CorrectedLatenciesTests {
  private func histogram(of times: [UInt64]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for time in times { histogram.record(time) }
    return histogram
  }

  @Test("a latency counts from the intended time, and beside it from the actual time")
  func both() {
    var latencies = CorrectedLatencies()
    latencies.record(intended: 1000, sent: 1500, answered: 1900)
    #expect(latencies.corrected == histogram(of: [900]) && latencies.uncorrected == histogram(of: [400]))
  }

  @Test("a clock that goes back gives a latency of 0")
  func negative() {
    var latencies = CorrectedLatencies()
    latencies.record(intended: 1000, sent: 1500, answered: 900)
    #expect(latencies.corrected == histogram(of: [0]) && latencies.uncorrected == histogram(of: [0]))
  }

  /// A server that answers in 1 ms, one request at a time, but is stopped from second 5 to 6.
  private func stalledRun() throws -> CorrectedLatencies {
    let rate = try #require(RequestRate(perSecond: 500))
    var latencies = CorrectedLatencies()
    var free: UInt64 = 0
    for request in ArrivalSchedule(.constant, rate: rate, duration: 10_000_000_000) {
      let sent = max(request.time, free)
      let isStopped = 5_000_000_000..<6_000_000_000 ~= sent
      let answered = (isStopped ? 6_000_000_000 : sent) + 1_000_000
      latencies.record(intended: request.time, sent: sent, answered: answered)
      free = answered
    }
    return latencies
  }

  @Test("a server that stops for 1 s of 10 has a p99 above 0.85 s, which the uncorrected latencies hide")
  func stall() throws {
    let latencies = try stalledRun()
    #expect(latencies.corrected.count == 5000 && latencies.uncorrected.count == 5000)
    #expect(try #require(latencies.corrected.time(atPercentile: 99)) > 850_000_000)
    #expect(try #require(latencies.uncorrected.time(atPercentile: 99)) < 1_001_000)
    #expect(latencies.uncorrected.count(above: 2_000_000) == 1)
    #expect(latencies.corrected.count(above: 2_000_000) > 500)
  }

  @Test("merged latencies are those of all requests, and removing them leaves none")
  func merging() throws {
    var latencies = CorrectedLatencies()
    latencies.record(intended: 0, sent: 1, answered: 3)
    var other = CorrectedLatencies()
    other.record(intended: 0, sent: 5, answered: 9)
    try latencies.merge(other)
    #expect(latencies.corrected == histogram(of: [3, 9]) && latencies.uncorrected == histogram(of: [2, 4]))
    latencies.removeAll()
    #expect(latencies == CorrectedLatencies())
  }
}

import Records
import Testing

/// Objectives of services.
struct LatencyObjectiveTests {
  @Test(
    "An objective is a percentile and a time with a unit",
    arguments: [
      ("p99:20ms", 99, 20_000_000), ("p99.9:1.5s", 99.9, 1_500_000_000), ("p50:800us", 50, 800_000),
      ("p50:1µs", 50, 1000),
    ] as [(String, Double, UInt64)])
  func text(_ text: String, _ percentile: Double, _ time: UInt64) {
    #expect(LatencyObjective(text) == LatencyObjective(percentile: percentile, time: time))
  }

  @Test(
    "Any other text is refused",
    arguments: [
      "", "p99", "99:20ms", "p99:20", "p0:1ms", "p100:1ms", "p99:0ms", "p99:-1ms", "p99:1m", "p99:ms",
      "p:1ms", "p99:1ms:2",
      "p9e1:1ms", "p99:1e3ms", "pnan:1ms", "p99:infs", "p99:3601s", "p99:99999999999999999999s", "p99 :1ms",
      "p9.9.9:1ms",
    ])
  func invalidText(_ text: String) {
    #expect(LatencyObjective(text) == nil)
  }

  @Test("An objective is met if every request was answered and the percentile is in time")
  func met() {
    var record = LoadRecord(url: "http://127.0.0.1/", connections: 1, duration: 1, warmUp: 0)
    let objective = LatencyObjective(percentile: 90, time: 1_000_000)
    #expect(!objective.isMet(by: record))
    for _ in 0..<90 { record.latency.record(900_000) }
    for _ in 0..<10 { record.latency.record(5_000_000) }
    (record.sent, record.answered) = (100, 100)
    #expect(objective.isMet(by: record))
    #expect(!LatencyObjective(percentile: 91, time: 1_000_000).isMet(by: record))
    record.unsent = 1
    #expect(!objective.isMet(by: record))
    (record.unsent, record.sent) = (0, 101)
    #expect(!objective.isMet(by: record))
  }
}

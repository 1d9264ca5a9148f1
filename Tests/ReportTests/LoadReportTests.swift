import Analysis
import Records
import Report
import Testing

struct LoadReportTests {
  /// An open loop of 1000 requests per second for 10 s, with 10,000 requests that took 1 to 10,000 times 1 µs.
  static func record() -> LoadRecord {
    var record = LoadRecord(
      url: "http://127.0.0.1:8080/", connections: 64, duration: 10_000_000_000, warmUp: 1_000_000_000)
    (record.arrivals, record.askedRate, record.achievedRate) = (.constant, 1000, 999.9)
    (record.due, record.sent, record.answered, record.queued, record.unsent) = (10_000, 10_000, 10_000, 0, 0)
    var (latency, uncorrected, delay) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
    for time in 1...10_000 as ClosedRange<UInt64> {
      latency.record(time * 1000)
      uncorrected.record(time * 900)
      delay.record(time * 10)
    }
    (record.latency, record.uncorrected, record.sendDelay) = (latency, uncorrected, delay)
    (record.threads, record.userTime, record.systemTime) = (2, 30_000_000, 70_000_000)
    (record.busiestThreadTime, record.bytesReceived) = (60_000_000, 1_490_000)
    record.littlesLaw = LittlesLaw(rate: 999.9, meanTime: 4_500_000, meanInFlight: 4.5)
    record.workers = [.init(name: "1/10", answers: 6000), .init(name: "2/11", answers: 4000)]
    return record
  }

  @Test("an open loop matches its golden file, wide and narrow")
  func openLoop() throws {
    try compare(loadReport(of: Self.record()), "load.txt")
    try compare(loadReport(of: Self.record(), style: TextStyle(width: 40)), "load40.txt")
  }

  @Test("failures, wrong answers first, and what was not reached match their golden file")
  func failures() throws {
    var record = Self.record()
    (record.due, record.unsent, record.unanswered, record.queued) = (20_010, 10_000, 3, 5000)
    (record.askedRate, record.errors[.wrongAnswer], record.errors[.timeout]) = (2001, 1, 6)
    try compare(loadReport(of: record), "load-failures.txt")
  }

  @Test("a closed loop has no due requests, no asked rate and no send delay")
  func closedLoop() {
    var record = Self.record()
    (record.arrivals, record.askedRate, record.due, record.unsent, record.queued) = (nil, nil, nil, nil, nil)
    (record.uncorrected, record.sendDelay) = (nil, nil)
    #expect(record.limit == nil)
    let report = loadReport(of: record)
    #expect(report.contains("closed loop, 64 connections"))
    for word in ["asked", "due", "delay"] { #expect(!report.contains(word), "\(word)") }
  }

  @Test("traffic whose rate changed is named with its rates")
  func traffic() {
    var record = Self.record()
    #expect(!loadReport(of: record).contains("Traffic"))
    (record.traffic, record.rates, record.rateInterval) = ("daily", [500, 1500, 1000], 60_000_000_000)
    #expect(
      loadReport(of: record).contains("Traffic daily: from 500.0/s to 1500/s, 3 intervals of 60.00 s."),
      "\(loadReport(of: record))")
  }

  @Test("a generator that was the limit is named as such")
  func limits() {
    var record = Self.record()
    #expect(record.limit == nil)
    record.busiestThreadTime = 9_500_000_000
    #expect(record.limit == nil, "no request was late")
    record.sendDelay?.record(20_000_000, times: 200)
    #expect(record.limit == .generatorBusy(share: 0.95) && record.limit?.isGenerator == true)
    #expect(loadReport(of: record).contains("busy 95.0 % of the time"))
    record.busiestThreadTime = 0
    #expect(record.limit?.isGenerator == true)
    #expect(loadReport(of: record).contains("late although connections were free"))
    record.queued = 500
    #expect(record.limit == .connections(share: 0.05) && record.limit?.isGenerator == false)
    #expect(
      loadReport(of: record).contains("5.0 % of the requests had to wait for one of the 64 connections"))
  }

  @Test("a run without requests has no percentiles and no division by zero")
  func empty() {
    let report = loadReport(of: LoadRecord(url: "http://\u{1B}[31m/", connections: 1, duration: 1, warmUp: 0))
    #expect(!report.contains("50 %") && !report.contains("\u{1B}") && !report.contains("nan"))
  }

  @Test("the line about a run in progress says how far it is")
  func status() {
    let record = Self.record()
    #expect(
      loadStatus(
        elapsed: 3_000_000_000, of: 11_000_000_000, rate: 998.2, asked: 1000, latency: record.latency,
        failed: 2)
        == "3 of 11 s, 998.2/s of 1000/s, p50 5.001 ms, p99 9.904 ms, 2 failed")
    #expect(
      loadStatus(
        elapsed: 0, of: 11_000_000_000, rate: nil, asked: nil, latency: LatencyHistogram(), failed: 0)
        == "0 of 11 s, warming up")
  }
}

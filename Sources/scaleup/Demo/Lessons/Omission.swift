import Formatting
import Records
import Report

/// Shows that a closed loop hides the time in which a server answers nobody: coordinated omission.
struct Omission: Lesson {
  static let name = "omission"
  static let title = "Omission: a frozen server, seen by two loops"
  static let files = [
    "Sources/Load/Generator/GeneratorThread.swift", "Sources/Load/Requests/DueRequests.swift",
    "Sources/Records/Load/CorrectedLatencies.swift",
  ]

  private static let path = "/wait/1"
  private static let rate = 500.0
  /// The share of the time for which the server is frozen.
  private static let frozenShare = 0.1

  private let duration: UInt64
  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
    duration = bench.serviceTime(seconds: 3)
  }

  private var freeze: UInt64 { UInt64(Self.frozenShare * Double(duration)) }

  var question: Question {
    let time = Readable.duration(nanoseconds: Double(duration))
    return Question(
      "A server answers each request after 1 ms. For a tenth of \(time) it is frozen, and answers nobody. One generator sends "
        + "its next request when the last is answered; at the same time another sends \(figure(Self.rate)) per second, "
        + "whatever the server does. How many times as long is the latency of the second that 99 of 100 requests did not "
        + "exceed?",
      .factor)
  }

  /// The records of the two generators of the same server.
  struct Sample {
    let closed: LoadRecord
    let open: LoadRecord
    /// The time for which the server was stopped, in nanoseconds.
    let frozen: UInt64
  }

  func findings() throws -> Findings {
    let sample = try bench.serve("single", workers: 1) { service in
      let closed = try service.start(Traffic(path: Self.path, connections: 1), for: duration)
      let open = try service.start(
        Traffic(path: Self.path, rate: Self.rate, connections: 512), for: duration)
      try service.wait(atMost: Traffic.warmUp(of: duration) + duration / 2)
      let frozen = try service.freeze(for: freeze)
      return Sample(
        closed: try service.result(of: closed), open: try service.result(of: open), frozen: frozen)
    }
    let rows = [("closed", sample.closed), ("open", sample.open)].map { name, load in
      [name, "\(load.answered)"] + [50, 90, 99, 100].map(load.latencyText)
    }
    return Findings(
      answer: Self.ratio(sample),
      passages: [
        .heading("Frozen for \(Readable.duration(nanoseconds: Double(sample.frozen)))"),
        .drawing(TextTable(["loop", "answers", "p50", "p90", "p99", "longest"], rows)),
        .heading("The latency that 99 of 100 requests did not exceed"),
        .drawing(
          TextBars(
            [("closed loop", sample.closed), ("open loop", sample.open)].map { name, load in
              .init(
                name, load.latency.time(atPercentile: 99).map { Double($0) } ?? .nan, load.latencyText(99))
            })),
      ], explanation: Self.explanation(sample))
  }

  /// Returns how many times as long the 99th percentile of the open loop is; `nil` unless both loops met the frozen server, it
  /// filled more than 1 % of the one and less of the other.
  static func ratio(_ sample: Sample) -> Double? {
    guard let closed = sample.closed.latency.time(atPercentile: 99),
      let open = sample.open.latency.time(atPercentile: 99),
      [sample.closed, sample.open].allSatisfy({ $0.latency.count(above: sample.frozen / 2) > 0 }),
      closed < sample.frozen / 2, open > sample.frozen / 2, closed > 0
    else { return nil }
    return Double(open) / Double(closed)
  }

  /// Returns the explanation.
  static func explanation(_ sample: Sample) -> String {
    let slow = [sample.closed, sample.open].map { $0.latency.count(above: sample.frozen / 2) }
    let time = Readable.duration(nanoseconds: Double(sample.frozen))
    guard let ratio = ratio(sample) else {
      return """
        Here the two loops do not show it: \(slow[0]) of \(sample.closed.answered) requests of the closed loop and \(slow[1]) \
        of \(sample.open.answered) of the open loop took more than half of the \(time). The machine was too busy for \
        either of them, or a generator was not running while the server was frozen.
        """
    }
    return """
      Both saw the same server. While it was frozen the closed loop waited for one answer and sent nothing else: \
      \(slow[0]) of its \(sample.closed.answered) requests took more than half of the \(time), too few to reach p99. The \
      requests that other clients would have sent meanwhile are missing from its statistics. The open loop counts a request \
      from the moment it is due: \(slow[1]) of \(sample.open.answered) took that long, and its p99 is \
      \(figure(ratio))× as long. Gil Tene named the error coordinated omission, because the generator lets the server decide \
      when to measure. Users do not wait for each other: measure a service with an open loop, and use a closed one only to \
      ask how much it can do.
      """
  }
}

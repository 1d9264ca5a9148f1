import Formatting
import Records
import Report

/// Shows that connections, not requests, are distributed among the processes of a service.
struct KeptConnections: Lesson {
  static let name = "keep-alive"
  static let title = "Keep-alive: why a browser meets one process"
  static let files = [
    "Benchmarks/ForkedProcesses/Serve.swift", "Sources/ModelKit/Serving/EventLoop.swift",
    "Sources/ModelKit/Serving/Exchange.swift",
  ]

  private static let processes = 4
  private static let clients = 16

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  var question: Question {
    Question(
      "\(Self.processes) forked processes serve one port. A browser opens a connection and sends request after request over "
        + "it, each when the last is answered. How many of the processes answer?",
      .choice(["one", "some", "all"]))
  }

  /// The records of the lesson's clients.
  struct Samples {
    /// One client that keeps its connection.
    let kept: LoadRecord
    /// One client that opens a connection for each request.
    let opened: LoadRecord
    /// Several clients that keep theirs.
    let many: LoadRecord
  }

  func findings() throws -> Findings {
    let time = bench.serviceTime(seconds: 1)
    let samples = try bench.serve("fork", workers: Self.processes) { service in
      func measure(_ clients: Int, opensConnections: Bool = false) throws -> LoadRecord {
        let load = try service.start(
          Traffic(connections: clients), for: time, opensConnections: opensConnections)
        return try service.result(of: load)
      }
      return Samples(
        kept: try measure(1), opened: try measure(1, opensConnections: true),
        many: try measure(Self.clients))
    }
    let cases = [
      ("1 client, connection kept", samples.kept), ("1 client, a new one each time", samples.opened),
      ("\(Self.clients) clients, connections kept", samples.many),
    ]
    return Findings(
      answer: Double(Self.option(of: Self.met(samples.kept))),
      passages: [
        .heading("Who answered"),
        .drawing(
          TextTable(
            ["", "answers/s", "p50", "processes met"],
            cases.map { name, load in
              [name, Readable.large(load.achievedRate), load.latencyText(50), "\(Self.met(load))"]
            })),
      ]
        + cases.flatMap { name, load in
          [.heading(name), .drawing(Self.bars(load.answers(byEachOf: Self.processes)))]
        }, explanation: Self.explanation(samples))
  }

  /// Returns the number of processes that answered.
  private static func met(_ load: LoadRecord) -> Int {
    load.answers(byEachOf: processes).count { $0 > 0 }
  }

  /// Returns the option of the question for a number of processes.
  private static func option(of met: Int) -> Int { met == 1 ? 1 : met < processes ? 2 : 3 }

  private static func bars(_ answers: [UInt64]) -> TextBars {
    let all = max(1, answers.reduce(0, +))
    return TextBars(
      answers.enumerated().map { number, count in
        .init("process \(number)", Double(count), Readable.percent(Double(count) / Double(all)))
      })
  }

  /// Returns the explanation.
  static func explanation(_ samples: Samples) -> String {
    let met = (kept: met(samples.kept), opened: met(samples.opened), many: met(samples.many))
    let kept =
      met.kept == 1
      ? "That is why all \(samples.kept.answered) answers over the kept connection came from one process, while the others "
        + "had nothing to do"
      : "Yet \(met.kept) processes answered here: the connection was opened "
        + "\(Readable.count(Int(clamping: samples.kept.connectionsOpened ?? 0), "time"))"
    let opened =
      met.opened == 1
      ? "With a new connection for each request it still met one process, which one client never kept so busy that another "
        + "had to accept"
      : "With a new connection for each request it met \(met.opened) of \(processes)"
    let rate = samples.opened.achievedRate / samples.kept.achievedRate
    let cost =
      rate < 0.9
      ? ", and got \(Readable.percent(rate)) of the answers per second, because each request then waits for a connection"
      : ""
    return """
      A listener hands out connections, not requests: the process that accepts a connection keeps it, and reads every \
      request that comes over it. HTTP/1.1 keeps connections open, and a browser uses the same ones again for minutes. \
      \(kept). \(opened)\(cost). \(clients) clients that kept their connections met \(met.many). So a \
      service is balanced only as well as its connections are: a few busy clients can keep one process busy and leave the \
      rest idle. A balancer in front of it that reads requests can distribute those instead.
      """
  }
}

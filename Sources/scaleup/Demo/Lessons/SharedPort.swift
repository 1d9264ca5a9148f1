import Formatting
import Records
import Report

/// Shows three ways in which processes share a port: who gets the connections, and what a process that dies takes with it.
struct SharedPort: Lesson {
  static let name = "accept"
  static let title = "Accept: three ways to share a port"
  static let files = [
    "Benchmarks/ForkedProcesses/Serve.swift", "Sources/ModelKit/Serving/EventLoop.swift",
    "Sources/Platform/Network/Listener.swift",
  ]

  private static let ways = ["shared", "reuseport", "pass"]
  private static let processes = 4
  private static let clients = 16

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  var question: Question {
    Question(
      "\(Self.processes) forked processes serve one port, and clients open a connection for each request. Which way gives the "
        + "processes the most equal numbers of connections?",
      .choice([
        "shared: all accept from one listener", "reuseport: each has a listener, and the kernel chooses one",
        "pass: the parent accepts, and passes connections on in turn",
      ]))
  }

  /// The outcome of one of the ways.
  struct Sample {
    /// The load with which the connections were counted.
    let load: LoadRecord
    /// The load during which a process was killed; `nil` if none could be.
    let killed: LoadRecord?

    /// The fewest connections of a process divided by the most.
    var fairness: Double {
      let counts = load.answers(byEachOf: SharedPort.processes).map { Double($0) }
      return (counts.min() ?? 0) / max(1, counts.max() ?? 0)
    }
  }

  func findings() throws -> Findings {
    let samples = try Self.ways.map(measure)
    let rows = zip(Self.ways, samples).map { way, sample in
      let counts = sample.load.answers(byEachOf: Self.processes).map { "\($0)" }
      return [way] + counts + [
        figure(sample.fairness), Readable.large(sample.load.achievedRate),
        sample.killed.map { "\($0.lost) of \($0.sent)" } ?? "-",
      ]
    }
    let titles = (0..<Self.processes).map { "process \($0)" }
    return Findings(
      answer: Self.fairest(samples).map { Double($0 + 1) },
      passages: [
        .heading("Connections"),
        .drawing(TextTable(["way"] + titles, rows.map { Array($0.prefix(1 + titles.count)) })),
        .heading("Fewest connections of a process / most"),
        .drawing(
          TextBars(
            zip(Self.ways, samples).map { .init($0, $1.fairness, figure($1.fairness)) })),
        .heading("One of them killed while each request kept its process busy for 5 ms"),
        .drawing(
          TextTable(
            ["way", "connections/s before", "lost"],
            rows.map { [$0[0]] + $0.suffix(2) })),
      ], explanation: Self.explanation(samples))
  }

  /// Counts the connections of each process, then kills one of them while connections wait for it.
  private func measure(_ way: String) throws -> Sample {
    let time = bench.serviceTime(seconds: 1)
    return try bench.serve("fork", workers: Self.processes, ["--accept", way]) { service in
      let first = try service.start(Traffic(connections: Self.clients), for: time, opensConnections: true)
      let load = try service.result(of: first)
      let traffic = Traffic(path: "/wait/5?blocking", connections: Self.clients)
      let second = try service.start(traffic, for: time, opensConnections: true)
      try service.wait(atMost: Traffic.warmUp(of: time) + time / 2)
      let isKilled = load.busiestWorker?.identity.map { service.kill($0.process) } ?? false
      let killed = try service.result(of: second)
      return Sample(load: load, killed: isKilled ? killed : nil)
    }
  }

  /// Returns the way with the most equal numbers of connections; `nil` if two are about as equal.
  static func fairest(_ samples: [Sample]) -> Int? {
    let order = samples.indices.sorted { samples[$0].fairness > samples[$1].fairness }
    return samples[order[0]].fairness > samples[order[1]].fairness + 0.05 ? order[0] : nil
  }

  /// Returns the explanation.
  ///
  /// - Parameter samples: Those of `shared`, `reuseport` and `pass`.
  static func explanation(_ samples: [Sample]) -> String {
    let fairness = samples.map { figure($0.fairness) }
    let losses = zip(ways, samples).compactMap { way, sample in sample.killed.map { "\($0.lost) with \(way)" }
    }
    let lost =
      losses.isEmpty
      ? "No process could be killed here."
      : "Of the requests that were sent when one process was killed, \(losses.joined(separator: ", ")) had no answer."
    return """
      With shared, whoever is awake accepts: a process that is busy comes later, so work goes where there is time for it, and \
      the numbers are as unequal as the kernel wakes the processes (fewest / most: \(fairness[0])). With reuseport the kernel \
      hashes the addresses of a connection, whoever is busy: equal only on average (\(fairness[1])). With pass the parent \
      takes turns (\(fairness[2])), for the price of one process through which every connection goes. A process that dies \
      takes the connections that it has accepted with it, whatever the way. Those that nobody has accepted yet stay in the \
      queue of a listener: others take them from a shared one; those of a listener of its own wait until the parent, \
      which holds it too, has forked another process. What was passed lies in a channel, which the dead process was the \
      only one to read. \(lost)
      """
  }
}

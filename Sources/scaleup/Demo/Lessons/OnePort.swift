import Analysis
import Formatting
import Records
import Report

/// Shows that several processes can serve one port, and keep every core busy.
struct OnePort: Lesson {
  static let name = "one-port"
  static let title = "One port: a cluster of processes that answers"
  static let files = [
    "Benchmarks/ForkedProcesses/Serve.swift", "Sources/ModelKit/Serving/EventLoop.swift",
  ]

  /// The number of which each request asks for the sum: work enough that the cost of a request is the sum.
  private static let number = 1_000_000
  /// The connections of the load generator per worker.
  private static let connectionsPerWorker = 8

  private let bench: Bench
  private let duration: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    duration = bench.serviceTime(seconds: 1)
  }

  var question: Question {
    Question(
      "A process with one event loop listens on a port and answers GET /api/\(Self.number) with the sum 0…\(Self.number). Then "
        + "\(bench.workers) processes, forked after the port was opened, accept from the same port. How many "
        + "times as many requests per second do they answer, with "
        + "\(Self.connectionsPerWorker) clients per process that ask again as soon as they have an answer?"
        + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(
      [1, bench.workers].map { workers in
        Configuration(
          model: "fork", workload: "serve", workers: workers, duration: duration,
          traffic: Traffic(path: "/api/\(Self.number)", connections: Self.connectionsPerWorker * workers))
      })
    let rows = samples.map { sample in
      [
        "\(sample.configuration.workers)", Readable.large(sample.middle.answerRate ?? .nan),
        figure(sample.middle.serverCores ?? .nan), figure(sample.middle.generatorCores ?? .nan),
        sample.latency(50), sample.latency(99),
      ]
    }
    return Findings(
      answer: Self.gain(samples),
      passages: [
        .heading("Answers of \(Self.number) additions each"),
        .drawing(
          TextTable(["processes", "answers/s", "busy cores", "of the clients", "p50", "p99"], rows)),
      ], explanation: Self.explanation(samples, cpus: bench.cpus))
  }

  /// Returns the ratio of the rates of answers.
  private static func gain(_ samples: [MeasuredConfiguration]) -> Double {
    (samples[1].middle.answerRate ?? .nan) / (samples[0].middle.answerRate ?? .nan)
  }

  /// Returns the explanation.
  ///
  /// - Parameter samples: One process, then several.
  static func explanation(_ samples: [MeasuredConfiguration], cpus: Int) -> String {
    let workers = samples[1].configuration.workers
    let cores = (samples[1].middle.serverCores ?? .nan, samples[1].middle.generatorCores ?? .nan)
    let rest =
      cores.0 + cores.1 > 0.9 * Double(cpus)
      ? """
      They kept \(figure(cores.0)) cores busy, and the clients, which run on the same machine, \(figure(cores.1)): there was no \
      more to have.
      """
      : "They kept \(figure(cores.0)) cores busy; what is missing went to other programs, or to waiting for a client."
    return """
      Only one process can open a port, but a descriptor survives fork: the children inherit the listener, and each accepts \
      from it when it has nothing else to do. No connection is known to two of them, so they need no locks, and one that dies \
      takes only its own connections with it. \(workers) processes answered \(figure(gain(samples)))× as many requests. \
      \(rest) For a program with one thread this is how a server gets from one core to all cores of its machine; what comes \
      after that are more machines.
      """
  }
}

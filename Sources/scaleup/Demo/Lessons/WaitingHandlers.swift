import Analysis
import Formatting
import Records
import Report

/// Shows what a handler that blocks its thread does to the other clients of an event loop.
struct WaitingHandlers: Lesson {
  static let name = "waiting"
  static let title = "Waiting: a handler that blocks, one that suspends"
  static let files = [
    "Sources/ModelKit/Serving/EventLoop.swift", "Benchmarks/TaskGroups/Serve.swift",
    "Benchmarks/TaskGroups/LoopExecutor.swift", "Benchmarks/Threads/ThreadConnections.swift",
    "Benchmarks/Experiments/PolledTasks.swift",
  ]

  private static let milliseconds = 20
  private static let clients = 16

  private let bench: Bench
  private let duration: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    duration = bench.serviceTime(seconds: 1.2)
  }

  var question: Question {
    Question(
      "A server with one event loop has a handler that waits \(Self.milliseconds) ms for a database and computes nothing. "
        + "\(Self.clients) clients ask again and again. In one version the handler blocks its thread while it waits. In the "
        + "other it returns to the event loop, and goes on when the database has answered. How many times as many requests "
        + "per second does the second version answer?",
      .factor)
  }

  func findings() throws -> Findings {
    let (blocking, suspending) = ("/wait/\(Self.milliseconds)?blocking", "/wait/\(Self.milliseconds)")
    let cases = [
      ("event loop, blocks", "single", blocking), ("event loop, suspends", "single", suspending),
      ("task per connection, blocks", "taskgroup", blocking),
      ("task per connection, suspends", "taskgroup", suspending),
      ("thread per connection, blocks", "threads", blocking),
    ]
    let samples = try bench.measure(
      cases.map { _, model, path in
        Configuration(
          model: model, workload: "serve", workers: 1, duration: duration,
          traffic: Traffic(path: path, connections: Self.clients))
      }, rounds: 1, toleratesLoad: true)
    let ways = [("on the event loop's thread", "taskgroup"), ("by a thread that polls", "experiment")]
    let resumed = try bench.measure(
      ways.map { _, model in
        Configuration(
          model: model, workload: "serve", workers: 1, duration: bench.serviceTime(seconds: 0.8),
          traffic: Traffic(connections: Self.clients))
      }, toleratesLoad: true)
    let rows = zip(cases, samples).map { kind, sample in
      [
        kind.0, Readable.large(sample.middle.answerRate ?? .nan), sample.latency(50),
        figure(sample.middle.serverCores ?? .nan),
      ]
    }
    return Findings(
      answer: Self.gain(samples),
      passages: [
        .heading("\(Self.clients) clients of a handler that waits \(Self.milliseconds) ms, one worker"),
        .drawing(TextTable(["handler", "answers/s", "p50", "busy cores"], rows)),
        .heading("CPU time per request of a task per connection that suspends, path /"),
        .drawing(
          TextBars(
            zip(ways, resumed).map { way, sample in .init("resumed \(way.0)", sample.time, sample.duration) })
        ),
      ], explanation: "\(Self.explanation(samples)) \(Self.resumption(resumed))")
  }

  private static func gain(_ samples: [MeasuredConfiguration]) -> Double {
    (samples[1].middle.answerRate ?? .nan) / (samples[0].middle.answerRate ?? .nan)
  }

  /// Returns the sentences about what it costs to resume a task.
  ///
  /// - Parameter samples: Tasks that run on the thread of the event loop, and tasks on the pool that another thread resumes.
  static func resumption(_ samples: [MeasuredConfiguration]) -> String {
    let verdict =
      samples[0].isPlainlyFaster(than: samples[1])
      ? "Here that took \(figure(samples[1].time / samples[0].time))× the CPU time per request."
      : "Here the CPU times per request do not tell them apart."
    return """
      Suspending is cheap only if resuming is. A task on Swift's pool that another thread resumes when its socket is ready \
      needs two threads for each request, and one of them has to be woken; an executor that is the event loop \
      resumes it on the thread that saw the event. \(verdict)
      """
  }

  /// Returns the explanation.
  ///
  /// - Parameter samples: The event loop that blocks, the one that suspends, the same with tasks, and threads that block.
  static func explanation(_ samples: [MeasuredConfiguration]) -> String {
    """
    The processor has nothing to do in any of these cases; look at the busy cores. The loop that blocks can wait for one \
    database answer at a time, so it answers at most 1000 / \(milliseconds) = \(1000 / milliseconds) requests per second, and \
    each client waits behind \(clients - 1) others: the median was \(samples[0].latency(50)). The loop that suspends waits \
    for all \(clients) at once, and answered \(figure(gain(samples)))× as many. Tasks have the same problem and the same \
    remedy: await suspends, a call that blocks takes the thread from all other tasks that need it. A thread per connection \
    may block, because it blocks nobody else; it pays with a thread for every client. One blocking call in a program of \
    event loops or tasks is enough to hold up everybody.
    """
  }
}

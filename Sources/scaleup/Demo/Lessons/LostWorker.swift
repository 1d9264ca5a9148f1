import Formatting
import Platform
import Records
import Report

/// Shows what is lost when a process of a service is killed under load, and how soon another takes its place.
struct LostWorker: Lesson {
  static let name = "lost-worker"
  static let title = "A lost worker: kill -9 under load"
  static let files = [
    "Benchmarks/ForkedProcesses/Serve.swift", "Sources/Load/Generator/GeneratorThread.swift",
  ]

  private static let traffic = Traffic(path: "/wait/20", rate: 500, connections: 32)
  /// The longest wait for a new process, in nanoseconds.
  private static let patience: UInt64 = 5_000_000_000

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  private var processes: Int { bench.workers }

  var question: Question {
    Question(
      "\(processes) processes that were forked by a parent answer \(figure(Self.traffic.rate ?? 0)) requests per second, "
        + "each after it has waited 20 ms. One of them is killed with kill -9. How many requests are lost?",
      .number(unit: "requests"))
  }

  /// The outcome of one kill.
  struct Sample {
    /// The number and the process of the worker that was killed.
    let victim: (number: Int, process: Int32)
    /// The time from the signal until the parent said that it has forked another, in nanoseconds; `nil` if it did not.
    let recovery: UInt64?
    /// The record of the load generator.
    let load: LoadRecord
  }

  func findings() throws -> Findings {
    let time = bench.serviceTime(seconds: 2)
    let sample: Sample? = try bench.serve("fork", workers: processes) { service in
      let probe = try service.start(Traffic(connections: 16), for: 100_000_000)
      guard let victim = try service.result(of: probe).busiestWorker?.identity else { return nil }
      let load = try service.start(Self.traffic, for: time)
      try service.wait(atMost: Traffic.warmUp(of: time) + time / 2)
      let start = Clock.monotonic.now()
      guard service.kill(victim.process) else { return nil }
      let isForked = try service.wait(atMost: Self.patience) {
        $0.notes.contains { $0.contains("(process \(victim.process))") && $0.contains("forked again") }
      }
      let recovery = isForked ? Clock.monotonic.now() - start : nil
      return Sample(victim: victim, recovery: recovery, load: try service.result(of: load))
    }
    guard let sample else {
      return Findings(
        answer: nil, passages: [],
        explanation:
          "No process answered before one was to be killed: the machine is too busy for this lesson.")
    }
    return Findings(
      answer: Double(Self.broken(sample.load)), passages: Self.passages(sample),
      explanation: Self.explanation(sample, processes: processes))
  }

  private static func passages(_ sample: Sample) -> [Passage] {
    let load = sample.load
    let kinds = RequestFailure.allCases.filter { load.errors[$0] > 0 }
    let rows =
      [["due", "\(load.due ?? load.sent)"], ["answered", "\(load.answered)"]]
      + kinds.map { ["lost: \($0.phrase)", "\(load.errors[$0])"] }
      + (load.unanswered > 0 ? [["lost: no answer", "\(load.unanswered)"]] : [])
      + ((load.unsent ?? 0) > 0 ? [["never sent", "\(load.unsent ?? 0)"]] : [])
    return [
      .heading("Worker \(sample.victim.number) was killed"),
      .drawing(TextTable(["requests", "number"], rows)),
      .heading("Answers by process"),
      .drawing(
        TextBars(
          (load.workers ?? []).map { worker in
            let mark = worker.identity?.process == sample.victim.process ? ", killed" : ""
            return .init("\(worker.name)\(mark)", Double(worker.answers), "\(worker.answers)")
          })),
    ]
  }

  /// Returns the number of requests whose connection broke.
  private static func broken(_ load: LoadRecord) -> UInt64 {
    load.errors[.connectionReset] + load.errors[.closedEarly]
  }

  /// Returns the explanation.
  static func explanation(_ sample: Sample, processes: Int) -> String {
    let load = sample.load
    let broken = broken(load)
    let others = load.lost > broken ? " Others had no answer for the reasons in the table." : ""
    let lost =
      broken == 0
      ? "No request was lost by that: the process had none in flight at that moment."
      : """
      \(Readable.count(Int(clamping: broken), "request")) of \(load.sent) lost their connection and so their answer: those in \
      flight in that process. Over each connection there is at most one, so at most \(load.connections) could be lost.
      """
    let rest = processes == 2 ? "the other process" : "the other \(processes - 1) processes"
    let successor = (load.workers ?? []).first {
      $0.identity?.number == sample.victim.number && $0.identity?.process != sample.victim.process
    }
    let recovery =
      sample.recovery.map {
        "\(Readable.duration(nanoseconds: Double($0))) after the signal it had forked another"
      }
      ?? "Here it was not seen to fork another in time"
    let answers =
      successor.map { ", which answered \($0.answers) of the requests that followed" }
      ?? (sample.recovery == nil ? "" : ", which answered none of the requests that were measured")
    return """
      kill -9 cannot be caught, so nothing of the process was saved: the kernel closed its connections, and the clients saw \
      that. \(lost)\(others) Processes share no memory, so \(rest) went on with what they had. The parent serves nobody: it waits for signals, and the kernel tells it when a child ends. \
      \(recovery)\(answers). A client that may repeat a request, as it may a GET, can ask again; a service that runs on \
      threads would have lost everything.
      """
  }
}

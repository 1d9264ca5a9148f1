import Analysis
import Formatting
import Records
import Report

/// Child tasks share a pool with a thread a core. One that blocks keeps its thread; one that suspends gives it back.
struct StructuredTasks: Lesson {
  static let name = "tasks"
  static let title = "structured tasks, and what blocking does to their pool"
  static let files = ["Benchmarks/Experiments/Waiting.swift", "Benchmarks/TaskGroups/TaskGroups.swift"]

  private let bench: Bench
  private let upTo: UInt64
  private let tasks: Int

  init(_ bench: Bench) throws {
    self.bench = bench
    tasks = min(4 * bench.taskPoolWidth, 4096)
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.2)
  }

  var question: Question {
    Question(
      "\(tasks) child tasks of one group each wait for a tenth of a second, as for a disk or a network, and do nothing "
        + "else. Swift's task pool has \(Readable.count(bench.taskPoolWidth, "thread")) here. Each task waits by blocking its "
        + "thread. After how many milliseconds are all of them done?",
      .number(unit: "ms"))
  }

  func findings() throws -> Findings {
    let waits = ["blocking", "suspending"].map {
      Configuration(
        model: "experiment", workload: "waiting", kernel: $0, workers: tasks, upTo: UInt64(tasks - 1))
    }
    let sums = [("single", 1), ("taskgroup", bench.workers)].map {
      Configuration(model: $0, workload: "sum", workers: $1, upTo: upTo)
    }
    let samples = try bench.measure(waits + sums)
    let (blocking, suspending) = (samples[0], samples[1])
    return Findings(
      answer: blocking.time / 1e6,
      passages: [
        .heading("\(tasks) tasks that block: \(blocking.duration)"),
        .drawing(TextGantt(blocking.middle.report, of: "task")),
        .heading("\(tasks) tasks that suspend: \(suspending.duration)"),
        .drawing(TextGantt(suspending.middle.report, of: "task")), .paragraph(TextGantt.legend),
      ],
      explanation: explanation(blocking, suspending, samples[2].time / samples[3].time))
  }

  private func explanation(
    _ blocking: MeasuredConfiguration, _ suspending: MeasuredConfiguration, _ speedup: Double
  ) -> String {
    let ratio = blocking.time / suspending.time
    let turns =
      ratio > 1.5
      ? """
      So they waited in turns, and it took \(figure(ratio)) times as long as with await Task.sleep, which gives the thread \
      back while the task waits: then all of them wait at the same time.
      """
      : """
      That it made little difference here means that the pool had threads enough, or that the machine was too busy to wake \
      the tasks in time.
      """
    let lack =
      speedup < 1.2
      ? " (it gains little where there is but one CPU, or where other programs use the others)" : ""
    return """
      Child tasks have no threads of their own: the runtime runs them on a pool with as many threads as CPUs, so that they \
      do not fight for cores. A task that computes is at home there: a group of \(bench.workers) added \
      0…\(Readable.round(upTo)) \(figure(speedup)) times as fast as one worker\(lack). But a task that sleeps in the system, or \
      waits for a lock, a file or a semaphore, keeps its thread without using a core, and the tasks behind it wait although \
      the cores idle. \(turns) Wait by suspending, and block only threads that are made for it.
      """
  }
}

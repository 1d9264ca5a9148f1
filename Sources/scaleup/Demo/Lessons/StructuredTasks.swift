import Analysis
import Formatting
import Records
import Report

/// Shows that a child task that blocks keeps its pool thread, and that one that suspends gives it back.
struct StructuredTasks: Lesson {
  static let name = "tasks"
  static let title = "Structured tasks: what blocking does to their pool"
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
      "\(tasks) child tasks of one group each wait for 0.1 s, as if for a disk or a network, and do nothing else. Swift's "
        + "task pool has \(Readable.count(bench.taskPoolWidth, "thread")) here. Each task blocks its thread while it waits. "
        + "After how many milliseconds have all tasks finished?",
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
      So they waited in turns, which took \(figure(ratio))× as long as with await Task.sleep. That call gives the thread \
      back, so that all tasks wait at the same time.
      """
      : """
      Here blocking made little difference: the pool had enough threads, or the machine was too busy to wake the tasks in \
      time.
      """
    let lack = speedup < 1.2 ? " (there is only one CPU, or other programs use the others)" : ""
    return """
      Child tasks have no threads of their own. The runtime runs them on a pool with as many threads as CPUs, so that they \
      do not compete for cores. That suits tasks that compute: a group of \(bench.workers) added 0…\(Readable.round(upTo)) \
      \(figure(speedup))× as fast as one worker\(lack). But a task that sleeps in a system call, or waits for a lock, a \
      file or a semaphore, keeps its thread without using a core. The tasks behind it wait while cores are idle. \(turns) \
      Wait by suspending, and block only threads of your own.
      """
  }
}

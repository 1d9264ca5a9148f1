import Analysis
import Formatting
import Records
import Report

/// Measures what a child task per item costs, compared with one per worker.
struct TaskPerItem: Lesson {
  static let name = "per-item"
  static let title = "A task per item: the most common mistake"
  static let files = ["Benchmarks/Experiments/Items.swift"]
  private static let items: UInt64 = 100_000
  /// The times that each trial computes all items.
  private static let repetitions = 10
  /// The kernels of the experiment.
  private static let ways = [
    (kernel: "loop", words: "a loop, no tasks"), (kernel: "item", words: "a task per item"),
    (kernel: "thousand", words: "a task per 1000 items"), (kernel: "worker", words: "a task per worker"),
  ]

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  var question: Question {
    Question(
      "An array has \(Readable.round(Self.items)) items, and each takes 100 additions. We add a child task to a task group for "
        + "every item, as in: for item in items { group.addTask { work(item) } }. Then we add one child task per worker, "
        + "\(bench.workers) in all, each with a loop over its part. How many times as long does the first way take?"
        + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(
      Self.ways.map {
        Configuration(
          model: "experiment", workload: "items", kernel: $0.kernel,
          workers: $0.kernel == "loop" ? 1 : bench.workers, upTo: Self.items - 1,
          repetitions: Self.repetitions)
      })
    let all = Double(Self.items) * Double(Self.repetitions)
    let results = Results(
      times: samples.map { $0.time / Double(Self.items) },
      cpuTimes: samples.map { ($0.middle.cpuTime ?? .nan) / all }, cpus: bench.cpus)
    return Findings(
      answer: results.ratio,
      passages: [
        .heading("Time per item"),
        .drawing(
          TextBars(
            zip(Self.ways, results.times).map { .init($0.words, $1, Readable.duration(nanoseconds: $1)) })),
        .heading("CPU time per item"),
        .drawing(
          TextBars(
            zip(Self.ways, results.cpuTimes).map {
              .init($0.words, $1, Readable.duration(nanoseconds: $1))
            })),
      ], explanation: Self.explanation(results))
  }

  /// The measurements per item in nanoseconds: of a loop, a task per item, per 1000 items and per worker.
  struct Results {
    let times: [Double]
    let cpuTimes: [Double]
    let cpus: Int

    /// The time with a task per item over that with a task per worker.
    var ratio: Double { times[1] / times[3] }
    /// The CPU time of a task beyond its item.
    var taskCost: Double { cpuTimes[1] - cpuTimes[0] }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let item = Readable.duration(nanoseconds: results.times[0])
    if results.ratio < 1.2 {
      return """
        Here a task per item cost hardly more than a task per worker: an item takes \(item) in a loop, long enough for its \
        task, or other programs disturbed the loops. Elsewhere it is the most common mistake with task groups.
        """
    }
    let loop =
      results.times[1] > results.times[0]
      ? """
      So the tasks were \(figure(results.times[1] / results.times[0]))× as slow as a plain loop without any concurrency: the \
      \(Readable.count(results.cpus, "CPU")) created and ended tasks.
      """
      : "So most of the gain over a plain loop was lost."
    let thousand = results.times[2] / results.times[3]
    let chunks =
      thousand < 1.2
      ? "Tasks of 1000 items each took about as long as one per worker"
      : "Tasks of 1000 items each took \(figure(thousand))× as long as one per worker"
    return """
      A child task is cheap for a thread, but dear for an item. It is allocated, queued, taken by a thread of the pool, and its \
      result is passed to the group one at a time: \(Readable.duration(nanoseconds: results.taskCost)) of CPU time \
      beyond the item itself, which takes \(item). \(loop) The compiler says nothing about it, and the program looks \
      parallel. \(chunks), and unlike those they let a free worker take more if the items are uneven. Give a \
      task 100 times its cost to do, here about \(Readable.duration(nanoseconds: 100 * results.taskCost)), and 99 % of the time \
      is work; take chunks of items, or use concurrentPerform for loops.
      """
  }
}

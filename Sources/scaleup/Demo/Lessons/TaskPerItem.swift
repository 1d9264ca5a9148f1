import Analysis
import Formatting
import Records
import Report

/// Measures what a child task per item costs, compared with one per worker.
struct TaskPerItem: Lesson {
  static let name = "per-item"
  static let title = "A task per item: the most common mistake"
  static let files = ["Benchmarks/Experiments/Items.swift"]
  /// The most items, and the fewest, of which tasks of 1000 items still make several.
  private static let most: UInt64 = 100_000
  private static let fewest: UInt64 = 5_000
  /// The most times that each trial computes all items.
  private static let mostRepetitions = 10
  /// The kernels of the experiment.
  private static let ways = [
    (kernel: "loop", words: "a loop, no tasks"), (kernel: "item", words: "a task per item"),
    (kernel: "thousand", words: "a task per 1000 items"), (kernel: "worker", words: "a task per worker"),
  ]

  private let bench: Bench
  private let items: UInt64
  /// The times that each trial computes all items.
  private let repetitions: Int

  init(_ bench: Bench) throws {
    self.bench = bench
    // Executables without optimization need 100 times as long for an item.
    let costs = try ["loop", "item"].map { kernel in
      try bench.cost(of: Self.way(kernel, bench.workers), most: Self.most)
    }
    let affordable = costs[1].amount(taking: bench.time(seconds: 0.4) * 1e9)
    items = min(Self.most, max(Self.fewest, affordable))
    let round = 2 * costs[0].time(of: items) + costs[1].time(of: items)
    repetitions = Self.repetitions(ofRound: round, in: bench.time(seconds: 2.5) * 1e9)
  }

  /// Returns how many times a trial computes all items.
  ///
  /// - Parameters:
  ///   - round: The time for computing them once in every way, in nanoseconds.
  ///   - time: The time that there is, in nanoseconds.
  static func repetitions(ofRound round: Double, in time: Double) -> Int {
    round > 0 && round < time ? Int(min(Double(mostRepetitions), time / round)) : 1
  }

  private static func way(_ kernel: String, _ workers: Int) -> Configuration {
    Configuration(
      model: "experiment", workload: "items", kernel: kernel, workers: kernel == "loop" ? 1 : workers)
  }

  var question: Question {
    Question(
      "An array has \(Readable.round(items)) items, and each takes 100 additions. We add a child task to a task group for "
        + "every item, as in: for item in items { group.addTask { work(item) } }. Then we add one child task per worker, "
        + "\(bench.workers) in all, each with a loop over its part. How many times as long does the first way take?"
        + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(
      Self.ways.map {
        var way = Self.way($0.kernel, bench.workers)
        (way.upTo, way.repetitions) = (items - 1, repetitions)
        return way
      })
    let all = Double(items) * Double(repetitions)
    let results = Results(
      times: samples.map { $0.time / Double(items) },
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

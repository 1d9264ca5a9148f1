import Analysis
import Formatting
import Records
import Report

/// Holds the time of an uneven tree of child tasks against the bounds by its work and its span.
struct WorkAndSpan: Lesson {
  static let name = "stealing"
  static let title = "Work and span: an uneven tree of tasks"
  static let files = ["Benchmarks/Experiments/Tree.swift"]
  /// The most workers whose Gantt chart fits a screen.
  private static let mostRows = 4

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.5)
  }

  private func tree(_ kernel: String, workers: Int) -> Configuration {
    Configuration(model: "experiment", workload: "tree", kernel: kernel, workers: workers, upTo: upTo)
  }

  var question: Question {
    let halves = bench.workers == 2 ? "one worker to each child" : "half of its workers to each child"
    return Question(
      "An uneven tree adds 0…\(Readable.round(upTo)). A node adds a 20th of its numbers itself; then one child gets three "
        + "quarters of the rest and another a quarter, and so on. First, a node assigns \(halves) (\(bench.workers) threads). "
        + "Then each node is a child task, and a thread of Swift's pool takes a ready one whenever it is free. How many times "
        + "as fast is the second way?" + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure([
      tree("alone", workers: 1), tree("tasks", workers: bench.workers),
      tree("halves", workers: bench.workers),
    ])
    // By itself, because it adds other numbers.
    let path = try bench.measure([tree("path", workers: 1)])[0]
    let results = Results(
      work: samples[0].time, span: path.time, tasks: samples[1].time, halves: samples[2].time,
      cpus: bench.taskPoolWidth)
    let bars = [
      ("work, T1", results.work), ("T1 / \(results.cpus)", results.work / Double(results.cpus)),
      ("span, T∞", results.span), ("bound, T1 / \(results.cpus) + T∞", results.bound),
      ("task pool", results.tasks), ("assigned halves", results.halves),
    ]
    let chart: [Passage] =
      bench.workers <= Self.mostRows
      ? [
        .heading("Assigned halves"), .drawing(TextGantt(samples[2].middle.report)),
        .paragraph(TextGantt.legend),
      ] : []
    return Findings(
      answer: results.halves / results.tasks,
      passages: [
        .heading("Time of the tree"),
        .drawing(TextBars(bars.map { .init($0, $1, Readable.duration(nanoseconds: $1)) })),
      ] + chart, explanation: Self.explanation(results))
  }

  /// The times in nanoseconds.
  struct Results {
    /// The time of one worker, T1.
    let work: Double
    /// The time of the longest path, T∞.
    let span: Double
    let tasks: Double
    let halves: Double
    /// The threads of the task pool.
    let cpus: Int

    var bound: Double { work / Double(cpus) + span }
    /// The least time of any schedule.
    var least: Double { max(work / Double(cpus), span) }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let cpus = Readable.count(results.cpus, "thread")
    let pool =
      results.tasks <= results.bound
      ? """
      The pool needed \(figure(results.tasks / results.least))× the least time that is possible, and kept the bound: it is \
      greedy enough.
      """
      : """
      But it took longer than the bound, by \(Readable.percent(results.tasks / results.bound - 1)): tasks have a \
      cost of their own, and other programs took a part of the cores.
      """
    let ratio = results.halves / results.tasks
    let halves =
      ratio > 1.05
      ? """
      The assigned halves took \(figure(ratio))× as long as the pool: workers with small children finished early, and nobody \
      gave them more.
      """
      : "The assigned halves were no slower here: there are too few CPUs for the pool to do better, or they were not free."
    return """
      The work T1 is the time of one worker. The span T∞ is that of the longest path, on which each node waits for the one \
      above: here the root and the larger child at every level, \(Readable.percent(results.span / results.work)) of the \
      work. No schedule is faster than T1 / p or than T∞, so more than \
      \(figure(results.work / results.span)) workers would gain nothing. A greedy one, which leaves no worker idle while a task is ready, \
      needs at most T1 / p + T∞ (Brent, 1974). Work stealing does so in expectation, up to a constant at T∞ (Blumofe and Leiserson, \
      1999). Swift's pool has \(cpus) here. \(pool) \(halves) Nobody has to know the shape of the tree: divide the work into \
      many more tasks than workers, but keep each much longer than its cost (see the lesson \(TaskPerItem.name)).
      """
  }
}

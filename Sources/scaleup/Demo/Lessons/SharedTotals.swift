import Records
import Report

/// Measures the cost of memory that several cores write to.
struct SharedTotals: Lesson {
  static let name = "sharing"
  static let title = "Sharing hurts: atomics, locks, actors, false sharing"
  static let files = ["Benchmarks/Experiments/Sharing.swift", "Sources/ModelKit/ShareTable.swift"]
  private static let totals = [
    (kernel: "private", words: "private totals"), (kernel: "adjacent", words: "adjacent private totals"),
    (kernel: "atomic", words: "one atomic total"), (kernel: "mutex", words: "one total with a lock"),
    (kernel: "actor", words: "one total in an actor"),
    (kernel: "message", words: "an actor, one message each"),
  ]

  private let bench: Bench
  private let configurations: [Configuration]

  init(_ bench: Bench) throws {
    self.bench = bench
    let alone = Configuration(model: "experiment", workload: "sharing", kernel: "atomic", workers: 1)
    let all = Self.totals.map {
      Configuration(model: "experiment", workload: "sharing", kernel: $0.kernel, workers: bench.workers)
    }
    configurations = try (all + [alone]).map { configuration in
      var configuration = configuration
      // Larger sums overflow 64 bits.
      configuration.upTo = try bench.amount(of: configuration, taking: 0.15, most: 5_000_000_000)
      return configuration
    }
  }

  var question: Question {
    Question(
      "\(bench.workers) workers add numbers, each number to a total in memory. First, each worker has its own total, and the "
        + "totals are added at the end. Then all workers add to the same atomic total. How many times as long does one "
        + "number take?" + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(configurations)
    let costs = zip(configurations, samples).map { $1.time / (Double($0.upTo ?? 0) + 1) }
    let names = Self.totals.map(\.words) + ["one atomic total, one worker"]
    return Findings(
      answer: costs[2] / costs[0],
      passages: [
        .heading("Time per number with \(bench.workers) workers, and with one"),
        .drawing(TextBars(zip(names, costs).map { .init($0, $1, nanoseconds($1)) })),
      ], explanation: explanation(costs))
  }

  private func explanation(_ costs: [Double]) -> String {
    let (own, adjacent, atomic, mutex) = (costs[0], costs[1], costs[2], costs[3])
    let (actor, message, alone) = (costs[4], costs[5], costs[6])
    let first =
      atomic > 1.3 * alone
      ? """
      The atomic total took \(figure(atomic / alone))× as long with \(bench.workers) workers as with one: more workers made \
      it slower.
      """
      : """
      The atomic total took no longer with \(bench.workers) workers than with one, so they hardly wrote at the same time: \
      they had one CPU between them, or took turns.
      """
    let second =
      adjacent > 1.3 * own
      ? """
      A private total helps only on its own cache line. Adjacent totals shared a line and took \(figure(adjacent / own))× as \
      long, although no worker used another's total: false sharing.
      """
      : """
      Adjacent totals share a cache line, but cost no more here by luck: the workers ran on one core, or the line seldom \
      had to move.
      """
    let third =
      actor > 1.3 * mutex
      ? """
      A lock and an actor both serve one worker at a time, but the actor took \(figure(actor / mutex))× as long as the lock: \
      at every message the task may suspend, wait in the actor's queue and be resumed.
      """
      : "A lock and an actor both serve one worker at a time, and cost about the same here."
    return """
      Caches hold memory in lines, often of 64 bytes. A core can write to a line only while no other core holds it, so \
      the line has to move whenever another core writes. \(first) \(second) \(third) With one message per worker instead of \
      one per number, the actor cost \(nanoseconds(message)) per number, private totals in memory \(nanoseconds(own)). So \
      parallel programs add privately and merge once, at the end, as every model of this suite does.
      """
  }

  private func nanoseconds(_ time: Double) -> String { "\(figure(time)) ns" }
}

import Records
import Report

/// Memory that several cores write to is handed to and fro between them.
struct SharedTotals: Lesson {
  static let name = "sharing"
  static let title = "sharing hurts: atomic, lock, actor and false sharing"
  static let files = ["Benchmarks/Experiments/Sharing.swift", "Sources/ModelKit/ShareTable.swift"]
  private static let totals = [
    (kernel: "private", words: "a total each"), (kernel: "adjacent", words: "a total each, side by side"),
    (kernel: "atomic", words: "one atomic"), (kernel: "mutex", words: "one total, a lock"),
    (kernel: "actor", words: "one actor"),
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
      // A sum of 64 bits goes no further.
      configuration.upTo = try bench.amount(of: configuration, taking: 0.15, most: 5_000_000_000)
      return configuration
    }
  }

  var question: Question {
    Question(
      "\(bench.workers) workers add numbers, every one of them to a total in memory. First each worker has a total of its "
        + "own, and these are added at the end. Then all of them add to one and the same atomic number. How many times as "
        + "long does a number take?" + bench.shortage,
      .number(unit: "times"))
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(configurations)
    let costs = zip(configurations, samples).map { $1.time / (Double($0.upTo ?? 0) + 1) }
    let names = Self.totals.map(\.words) + ["one atomic, one worker"]
    return Findings(
      answer: costs[2] / costs[0],
      passages: [
        .heading("the time for a number with \(bench.workers) workers, and with one"),
        .drawing(TextBars(zip(names, costs).map { .init($0, $1, nanoseconds($1)) })),
      ], explanation: explanation(costs))
  }

  private func explanation(_ costs: [Double]) -> String {
    let (own, adjacent, atomic, alone) = (costs[0], costs[1], costs[2], costs[5])
    let first =
      atomic > 1.3 * alone
      ? """
      An atomic took \(figure(atomic / alone)) times as long with \(bench.workers) workers as with one: more workers made \
      it slower.
      """
      : """
      That an atomic took no longer with \(bench.workers) workers than with one means that they hardly wrote at the same \
      time: there is one CPU, or they took turns.
      """
    let second =
      adjacent > 1.3 * own
      ? """
      Totals of their own help only on lines of their own: side by side they shared one, and took \
      \(figure(adjacent / own)) times as long, though no worker ever looked at another's (false sharing).
      """
      : """
      That totals side by side on one line cost the same as far apart is luck: the workers ran on a shared core, or the \
      line seldom had to travel.
      """
    let dearest = zip(Self.totals.map(\.words), costs).max { $0.1 < $1.1 } ?? ("", 0)
    return """
      A core can write to memory only while it alone has the cache line that it lies on, and the line has to travel \
      whenever another core writes. \(first) \(second) Dearest was \(dearest.0), \(figure(dearest.1 / own)) times as dear \
      as a total each: a lock can be held by one at a time, and an actor can serve one at a time, while the others are \
      suspended. So parallel programs add privately and merge once, at the end: that is what every model of this suite does.
      """
  }

  private func nanoseconds(_ time: Double) -> String { "\(figure(time)) ns" }
}

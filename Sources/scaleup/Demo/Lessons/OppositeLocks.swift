import Formatting
import Records
import Report

/// Shows that two threads which take two locks in opposite orders deadlock, and that one order prevents it.
struct OppositeLocks: Lesson {
  static let name = "deadlock"
  static let title = "Deadlock: two locks in opposite orders"
  static let files = ["Benchmarks/Experiments/Deadlock.swift"]
  /// The transfers of each thread.
  private static let transfers: UInt64 = 100_000
  /// The kernels of the experiment.
  private static let orders = [
    (kernel: "opposite", words: "opposite orders"), (kernel: "held", words: "opposite, each holds one"),
    (kernel: "same", words: "one order"),
  ]

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  private var runs: Int { bench.experimentRuns }

  var question: Question {
    Question(
      "Two accounts have a lock each. One thread moves money from A to B, and locks A, then B. Another moves money from B to A, and "
        + "locks B, then A. Each makes \(Readable.round(Self.transfers)) transfers. We run that \(runs) times. In how many of the "
        + "\(runs) runs do both threads end up waiting for each other?",
      .number(unit: "runs"))
  }

  func findings() throws -> Findings {
    let finished = try Self.orders.map {
      try bench.results(of: "deadlock", kernel: $0.kernel, upTo: Self.transfers - 1).map {
        UInt64(clamping: $0)
      }
    }
    let results = Results(finished: finished, transfers: 2 * Self.transfers)
    let rows = zip(Self.orders, finished).enumerated().map { order, row in
      [
        row.0.words, "\(results.deadlocks(order)) of \(runs)",
        Readable.grouped(Double(row.1.min() ?? 0)), Readable.grouped(Double(row.1.max() ?? 0)),
      ]
    }
    return Findings(
      answer: Double(results.deadlocks(0)),
      passages: [
        .heading("Two threads, \(Readable.grouped(Double(Self.transfers))) transfers each"),
        .drawing(TextTable(["locks taken in", "deadlocks", "fewest transfers", "most"], rows)),
        .lines([
          "  thread 1: holds A, waits for B  ──►  thread 2",
          "  thread 2: holds B, waits for A  ──►  thread 1",
        ]),
      ], explanation: Self.explanation(results))
  }

  /// The finished transfers of each run, by order: opposite, opposite while each holds a lock, and the same.
  struct Results {
    let finished: [[UInt64]]
    /// The transfers of a run without a deadlock.
    let transfers: UInt64

    func deadlocks(_ order: Int) -> Int { finished[order].count { $0 < transfers } }
    var runs: Int { finished[0].count }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let (chance, held, same) = (results.deadlocks(0), results.deadlocks(1), results.deadlocks(2))
    let byChance =
      chance == 0
      ? """
      By chance that happened in no run here: the threads hardly ran at the same time, as on one CPU or beside other programs. \
      So tests pass, and it happens in production.
      """
      : chance < results.runs
        ? """
        By chance that happened in \(chance) of \(results.runs) runs: a program that deadlocks only sometimes passes its tests.
        """
        : """
        By chance that happened in all \(results.runs) runs, after \
        \(Readable.grouped(Double(results.finished[0].min() ?? 0))) to \
        \(Readable.grouped(Double(results.finished[0].max() ?? 0))) transfers that went well.
        """
    let forced =
      held == results.runs
      ? "If each thread waits with its first lock until the other has its own, it happens every time (\(held) of \(results.runs))."
      : "Even with each thread held at its first lock it happened in \(held) of \(results.runs) runs only."
    let order =
      same == 0
      ? "With one order for all threads, such as by account number, it never happened, and cannot: whoever has the first gets the second."
      : "With one order it happened in \(same) runs, which must not be: report it."
    return """
      A deadlock needs four things (Coffman, 1971): locks for one thread at a time, threads that hold one while they wait for \
      another, no way to take one away, and a circle of waiting. \(byChance) \(forced) Nothing ends it by itself. The experiment finds it by a deadline: a thread that does not get its second lock within 50 ms looks whether the \
      other waits, too, and both give up. A deadline alone would take a slow thread for a deadlock. \(order) Better still: hold \
      one lock at a time. Actors do not deadlock like that, because a waiting task suspends and the actor serves others \
      meanwhile, which has a price of its own: see the lesson \(ChangedBalance.name).
      """
  }
}

import Formatting
import Records
import Report

/// Shows that the state of an actor can change while one of its methods awaits something.
struct ChangedBalance: Lesson {
  static let name = "reentrancy"
  static let title = "Reentrancy: what changes over an await"
  static let files = ["Benchmarks/Experiments/Reentrancy.swift"]
  private static let balance: UInt64 = 100
  /// The kernels of the experiment.
  private static let ways = [
    (kernel: "unchecked", words: "check, await, subtract"),
    (kernel: "rechecked", words: "check, await, check again, subtract"),
    (kernel: "together", words: "await, check, subtract"),
  ]

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  var question: Question {
    Question(
      "An account is an actor with a balance of \(Self.balance). Its method withdraw checks that the balance is enough, awaits a "
        + "confirmation, and then subtracts the amount. An actor runs one piece of code at a time. Two tasks withdraw "
        + "\(Self.balance) each at the same time. What is the balance in the end?",
      .choice([
        "0, because the second withdrawal is refused", "-\(Self.balance), because both got the money",
        "it depends on which task is faster",
      ]))
  }

  func findings() throws -> Findings {
    let paid = try Self.ways.map {
      try bench.results(of: "reentrancy", kernel: $0.kernel, upTo: Self.balance - 1).map { Int(clamping: $0) }
    }
    let results = Results(paid: paid, balance: Int(Self.balance))
    let rows = zip(Self.ways, paid).enumerated().map { way, row in
      [
        row.0.words, Self.list(row.1), Self.list(row.1.map { Int(Self.balance) - $0 }),
        "\(results.wrong(way)) of \(bench.experimentRuns)",
      ]
    }
    return Findings(
      answer: results.choice,
      passages: [
        .heading("Two withdrawals of \(Self.balance) from \(Self.balance)"),
        .drawing(TextTable(["the method withdraw", "paid", "balance", "wrong runs"], rows)),
        .lines([
          "  guard balance >= amount else { return false }",
          "  await confirmation.wait()   // other tasks run here", "  balance -= amount",
        ]),
      ], explanation: Self.explanation(results))
  }

  /// Returns the different values.
  private static func list(_ values: [Int]) -> String {
    Set(values).sorted().map { "\($0)" }.joined(separator: ", ")
  }

  /// The sums that were paid in each run, by way: unchecked, rechecked and together.
  struct Results {
    let paid: [[Int]]
    let balance: Int

    /// The number of runs that paid more than there was.
    func wrong(_ way: Int) -> Int { paid[way].count { $0 > balance } }
    var runs: Int { paid[0].count }
    /// The number of the option that the runs of the first way answer.
    var choice: Double { wrong(0) == runs ? 2 : wrong(0) == 0 ? 1 : 3 }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let first =
      results.wrong(0) == results.runs
      ? "Both found enough, both awaited, and both subtracted: in all \(results.runs) runs the account paid twice"
      : "In \(results.wrong(0)) of \(results.runs) runs the account paid twice"
    let fixed = results.wrong(1) + results.wrong(2)
    let fixes =
      fixed == 0
      ? "Neither paid twice in any run."
      : "Yet these paid twice in \(fixed) runs, which must not be: report it."
    return """
      An actor protects its state between two suspensions, not for a whole method. At an await the method suspends, and the actor \
      serves other messages: it is reentrant. \(first). No two pieces of code ran at the same time, so no tool for data \
      races finds that: the check was simply out of date. (Here the confirmation comes when both tasks wait for it, so that \
      it happens every time. Without that it happens whenever the wait is long enough.) There are two remedies. Check again after the await; or have no await between the \
      check and what relies on it: the last row awaits first. \(fixes) A lock held over the wait would block a thread of the \
      pool, and can deadlock. After each await, what you know of an actor's state is a guess.
      """
  }
}

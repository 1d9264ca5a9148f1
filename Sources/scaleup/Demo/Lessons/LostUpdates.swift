import Analysis
import Formatting
import Records
import Report

/// Shows that threads which add to one unprotected total lose updates, and what the ways cost that lose none.
struct LostUpdates: Lesson {
  static let name = "race"
  static let title = "Lost updates: ten runs, ten sums"
  static let files = ["Benchmarks/Experiments/Race.swift", "Benchmarks/Experiments/Sharing.swift"]
  private static let runs = 10
  /// The totals that lose nothing, as kernels of the experiment `sharing`.
  private static let exact = [
    (kernel: "atomic", words: "one atomic total"), (kernel: "mutex", words: "one total with a lock"),
    (kernel: "private", words: "a total per worker"),
  ]

  private let bench: Bench
  private let race: Configuration
  private let sharing: [Configuration]

  init(_ bench: Bench) throws {
    self.bench = bench
    let all =
      [Configuration(model: "experiment", workload: "race", kernel: "racing", workers: bench.workers)]
      + Self.exact.map {
        Configuration(model: "experiment", workload: "sharing", kernel: $0.kernel, workers: bench.workers)
      }
    let sized = try all.map { configuration in
      var configuration = configuration
      // Larger sums overflow 64 bits.
      configuration.upTo = try bench.amount(of: configuration, taking: 0.1, most: 5_000_000_000)
      return configuration
    }
    (race, sharing) = (sized[0], Array(sized[1...]))
  }

  private var upTo: UInt64 { race.upTo ?? 0 }

  var question: Question {
    Question(
      "\(bench.workers) threads add 0…\(Readable.round(upTo)), each its part, to one total in memory that nothing protects: a "
        + "thread loads the total, adds a number and stores it. We do that \(Self.runs) times. How many of the "
        + "\(Self.runs) sums are right?" + bench.shortageNote,
      .number(unit: "sums"))
  }

  func findings() throws -> Findings {
    // One at a time, because configurations measured together must have the same answer.
    let races = try (0..<Self.runs).map { _ in try bench.measure([race], rounds: 1, toleratesLoad: true)[0] }
    let costs = try bench.measure(sharing, toleratesLoad: true)
    let sums = races.map(\.middle.report.result.value)
    let right = UInt128(upTo) * (UInt128(upTo) + 1) / 2
    let undisturbed = races.filter { !$0.isDisturbed }
    let all = [undisturbed.min { $0.time < $1.time } ?? races[0]] + costs
    let results = Results(
      sums: sums, right: right,
      costs: DisturbedLesson(all) == nil
        ? zip(all, [race] + sharing).map { $0.time / (Double($1.upTo ?? 0) + 1) } : nil,
      workers: bench.workers)
    return Findings(
      answer: Double(results.rightSums), passages: Self.passages(results),
      explanation: Self.explanation(results))
  }

  /// The measurements.
  struct Results {
    /// The sums of the unprotected total.
    let sums: [UInt128]
    let right: UInt128
    /// The time per number of the unprotected total and of those that are exact, in nanoseconds; `nil` if other programs
    /// disturbed them.
    let costs: [Double]?
    let workers: Int

    var rightSums: Int { sums.count { $0 == right } }

    /// The part of the right sum that is missing.
    func missing(_ sum: UInt128) -> Double {
      right > 0 ? 1 - Double(sum) / Double(right) : 0
    }
  }

  private static func passages(_ results: Results) -> [Passage] {
    let half = (results.sums.count + 1) / 2
    let rows = (0..<half).map { row in
      [row, row + half].filter { $0 < results.sums.count }.flatMap { run in
        [
          "\(run + 1)", "\(results.sums[run])",
          "\(Readable.fixed(100 * results.missing(results.sums[run]), decimals: 2)) %",
        ]
      }
    }
    let names = ["unprotected, wrong"] + exact.map(\.words)
    let costs: [Passage] =
      results.costs.map { costs in
        [
          .heading("Time per number with \(results.workers) workers"),
          .drawing(TextBars(zip(names, costs).map { .init($0, $1, "\(figure($1)) ns") })),
        ]
      } ?? []
    return [
      .heading("The right sum is \(results.right)"),
      .drawing(TextTable(["run", "sum", "missing", "run", "sum", "missing"], rows)),
    ] + costs
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let (count, right) = (results.sums.count, results.rightSums)
    let different = Set(results.sums).count
    let verdict =
      right == count
      ? """
      Here no sum lost an update. That is luck: the threads hardly ran at the same time, because they had one CPU between \
      them or other programs delayed one. The program is wrong all the same.
      """
      : """
      \(right) of \(Readable.count(count, "sum")) \(right == 1 ? "is" : "are") right, and there \
      \(different == 1 ? "is one sum" : "are \(different) different ones"). A test that ran once, or on one CPU, could pass.
      """
    return """
      An addition to memory is three steps: load, add, store. If two threads load the same total, the second store \
      replaces the first, and its number is lost. \(verdict) In Swift and C a race on a plain variable is worse: it is \
      undefined, and the compiler may do anything. (The race of this lesson uses atomic loads and stores, so that it is \
      defined and only the updates are lost.) Swift 6 rejects such a variable when it compiles. An atomic addition, a lock, and a \
      total per worker gave the right sum in every trial. \(costs(results))
      """
  }

  private static func costs(_ results: Results) -> String {
    guard let costs = results.costs else {
      return
        "Their costs are left out, because other programs kept the cores busy: see the lesson \(SharedTotals.name)."
    }
    let (atomic, mutex, own) = (costs[1], costs[2], costs[3])
    let dear =
      min(atomic, mutex) > 1.3 * own
      ? """
      Per number, the atomic addition took \(figure(atomic / own))× and the lock \(figure(mutex / own))× as long as private \
      totals: be exact by sharing nothing until the end.
      """
      : "Per number they cost about the same here, so the workers hardly met."
    return "\(dear) The lesson \(SharedTotals.name) explains the costs."
  }
}

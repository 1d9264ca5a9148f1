import Formatting
import Harness
import Records
import Report

/// Shows that a total with too few bits gives a wrong answer without an error.
struct ExactSums: Lesson {
  static let name = "exact"
  static let title = "The wrong answer: doubles, 64 bits and exact sums"
  static let files = ["Benchmarks/Experiments/Totals.swift", "Sources/Workloads/Sum.swift"]
  private static let most: UInt64 = 10_000_000_000
  /// The time for all totals together that N must not exceed, in seconds.
  private static let longest = 11.0

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    let costs = try [
      Configuration(model: "experiment", workload: "totals", kernel: "double", workers: bench.workers),
      Configuration(model: "threads", workload: "sum", workers: bench.workers),
      Configuration(model: "experiment", workload: "totals", kernel: "trapping", workers: 1),
    ].map { try bench.cost(of: $0, most: Self.most / 10) }
    var upTo = Self.most
    // Plain 64 bits cost as much as the exact sum.
    while upTo > 10_000, Self.time(of: upTo, costs) > bench.time(seconds: Self.longest) * 1e9 { upTo /= 10 }
    self.upTo = upTo
  }

  /// Returns the time for all totals. The trapping one ends early if the sum exceeds 2^63, at about N = 2^32.
  private static func time(of upTo: UInt64, _ costs: [Cost]) -> Double {
    costs[0].time(of: upTo) + 2 * costs[1].time(of: upTo) + costs[2].time(of: min(upTo, 1 << 32))
  }

  var question: Question {
    Question(
      "We add the integers 0…\(Readable.round(upTo)) three times: in a double (as a number in JavaScript), in a signed 64-bit "
        + "integer (long in Java, int64_t in C), and in 128 bits. Which of the first two gives the same sum as the third?"
        + (upTo < Self.most ? " (Up to \(Readable.round(Self.most)) would take too long here.)" : ""),
      .choice(["both", "only the double", "only the 64-bit integer", "neither"]))
  }

  func findings() throws -> Findings {
    let configurations =
      ["double", "int64"].map {
        Configuration(model: "experiment", workload: "totals", kernel: $0, workers: bench.workers, upTo: upTo)
      } + [
        Configuration(model: "threads", workload: "sum", workers: bench.workers, upTo: upTo),
        Configuration(model: "experiment", workload: "totals", kernel: "trapping", workers: 1, upTo: upTo),
      ]
    // One at a time, because configurations measured together must have the same answer.
    let samples = try configurations.flatMap { try bench.measure([$0], rounds: 1, toleratesLoad: true) }
    let results = samples.map { Int128($0.middle.report.result.value) }
    let wrapped = Int128(Int64(truncatingIfNeeded: results[1]))
    let (isDoubleRight, isIntegerRight) = (results[0] == results[2], wrapped == results[2])
    let rows = zip(["double", "64 bits", "128 bits"], [results[0], wrapped, results[2]]).map { name, sum in
      [name, "\(sum)", "\(sum - results[2])"]
    }
    return Findings(
      answer: isDoubleRight ? (isIntegerRight ? 1 : 2) : (isIntegerRight ? 3 : 4),
      passages: [
        .heading("Sum of 0…\(Readable.round(upTo))"), .drawing(TextTable(["total", "sum", "error"], rows)),
      ],
      explanation: Self.explanation(results, isDoubleRight, isIntegerRight))
  }

  /// Returns the explanation.
  ///
  /// - Parameter results: The sums in a double, in 64 bits and in 128, and the count of numbers whose sum 64 bits hold.
  static func explanation(
    _ results: [Int128], _ isDoubleRight: Bool, _ isIntegerRight: Bool
  ) -> String {
    let bits = 128 - results[2].leadingZeroBitCount
    let error = Readable.large(Double((results[0] - results[2]).magnitude))
    let double =
      bits <= 53
      ? "A double holds every integer of up to 53 bits, which was enough."
      : """
      A double has 53 bits of precision. Beyond that, additions are rounded, and the sum was \
      \(isDoubleRight ? "right by chance" : "off by \(error), without an error message"). (JavaScript's BigInt is exact, and \
      slower.)
      """
    let integer =
      isIntegerRight
      ? "A signed 64-bit integer has 63 bits for the number, which was enough."
      : """
      A signed 64-bit integer has 63 bits for the number. The sum wrapped around, so the result is the sum modulo 2^64. In \
      C that is undefined; in Java and Go it is silent. Swift's + would have ended the program after \(results[3]) numbers, \
      because a wrong answer is worse than none.
      """
    return """
      The sum has \(bits) bits. \(double) \(integer) The suite adds in 64 bits while these cannot overflow, and then moves \
      the total to 128 bits: that is exact for every N. More workers reach a wrong answer sooner, not a right one. That is \
      why every answer is checked before any time is shown.
      """
  }
}

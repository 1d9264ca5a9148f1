import Formatting
import Harness
import Records
import Report

/// A total that is too narrow gives a wrong answer, and says nothing.
struct ExactSums: Lesson {
  static let name = "exact"
  static let title = "the wrong answer: doubles, 64 bits and exact sums"
  static let files = ["Benchmarks/Experiments/Totals.swift", "Sources/Workloads/Sum.swift"]
  private static let most: UInt64 = 10_000_000_000
  /// Nanoseconds in which the largest N is to be done that is.
  private static let longest = 11e9

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
    // The plain 64 bits cost as much as the exact sum.
    while upTo > 10_000, Self.time(of: upTo, costs) > Self.longest { upTo /= 10 }
    self.upTo = upTo
  }

  /// The 64 bits overflow before the greatest N, if at all, where the sum is over 2^63.
  private static func time(of upTo: UInt64, _ costs: [Cost]) -> Double {
    costs[0].time(of: upTo) + 2 * costs[1].time(of: upTo) + costs[2].time(of: min(upTo, 1 << 32))
  }

  var question: Question {
    Question(
      "Every integer 0…\(Readable.round(upTo)) is added, once to a double (all that JavaScript has), once to a signed integer "
        + "of 64 bits (long in C and Java), and once to 128 bits. Which of the first two comes to the same sum as the third?"
        + (upTo < Self.most ? " (Up to \(Readable.round(Self.most)) it would take too long here.)" : ""),
      .choice(["both", "the double alone", "the 64 bits alone", "neither"]))
  }

  func findings() throws -> Findings {
    let configurations =
      ["double", "int64"].map {
        Configuration(model: "experiment", workload: "totals", kernel: $0, workers: bench.workers, upTo: upTo)
      } + [
        Configuration(model: "threads", workload: "sum", workers: bench.workers, upTo: upTo),
        Configuration(model: "experiment", workload: "totals", kernel: "trapping", workers: 1, upTo: upTo),
      ]
    // Each by itself: what is measured together must have one answer.
    let samples = try configurations.flatMap { try bench.measure([$0], rounds: 1) }
    let results = samples.map { Int128($0.middle.report.result.value) }
    let wrapped = Int128(Int64(truncatingIfNeeded: results[1]))
    let (isDoubleRight, isIntegerRight) = (results[0] == results[2], wrapped == results[2])
    let rows = zip(["double", "64 bits", "128 bits"], [results[0], wrapped, results[2]]).map { name, sum in
      [name, "\(sum)", "\(sum - results[2])"]
    }
    return Findings(
      answer: isDoubleRight ? (isIntegerRight ? 1 : 2) : (isIntegerRight ? 3 : 4),
      passages: [
        .heading("the sum 0…\(Readable.round(upTo))"), .drawing(TextTable(["total", "sum", "off by"], rows)),
      ],
      explanation: Self.explanation(results, isDoubleRight, isIntegerRight))
  }

  /// Why it is so: of the sums in a double, in 64 bits and in 128, and of how many numbers 64 bits can hold.
  static func explanation(
    _ results: [Int128], _ isDoubleRight: Bool, _ isIntegerRight: Bool
  ) -> String {
    let bits = 128 - results[2].leadingZeroBitCount
    let error = Readable.large(Double((results[0] - results[2]).magnitude))
    let double =
      bits <= 53
      ? "A double holds every whole number of up to 53 bits, which was enough."
      : """
      A double has 53 bits for digits: beyond them additions are rounded, and it was \
      \(isDoubleRight ? "right by chance" : "off by \(error) without a word").
      """
    let integer =
      isIntegerRight
      ? "A signed number of 64 bits has 63 for digits, which was enough."
      : """
      A signed number of 64 bits has 63 for digits: the sum went round, and what is left is the sum modulo 2^64. In C \
      that is undefined, in Java and Go it is silent; Swift's + would have ended the program after \(results[3]) numbers, \
      for a wrong answer is worse than none.
      """
    return """
      The sum has \(bits) bits. \(double) \(integer) The suite adds in 64 bits as long as these cannot overflow, and moves \
      what they hold to 128: that is exact for every N. More workers come to a wrong answer sooner, not to a right one; that \
      is why every answer is checked before any time is shown.
      """
  }
}

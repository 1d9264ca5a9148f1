import Analysis
import Formatting
import Records
import Report

/// Shows that the optimizer can replace a loop by a formula, and that a barrier prevents it.
struct VanishedLoop: Lesson {
  static let name = "vanished"
  static let title = "The loop that vanished: replaced by a formula"
  static let files = ["Benchmarks/Experiments/Vanished.swift", "Sources/CKernels/include/CKernels.h"]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    // Larger sums overflow 64 bits.
    upTo = max(
      10,
      try bench.amount(
        of: Configuration(model: "experiment", workload: "vanished", kernel: "barrier", workers: 1),
        taking: 0.4,
        most: 5_000_000_000))
  }

  var question: Question {
    Question(
      "A plain loop adds the numbers 0…\(Readable.round(upTo / 10)) in one thread, and then 0…\(Readable.round(upTo)), ten "
        + "times as many. The program was compiled with optimization. How many times as long does the second loop take?",
      .factor)
  }

  func findings() throws -> Findings {
    let configurations = [upTo / 10, upTo].flatMap { last -> [Configuration] in
      ["barrier", "plain"].map {
        Configuration(model: "experiment", workload: "vanished", kernel: $0, workers: 1, upTo: last)
      }
    }
    let samples = try bench.measure(configurations)
    return Findings(
      answer: samples[3].time / samples[1].time,
      passages: [
        .heading("Time of the loop"),
        .drawing(
          TextTable(
            ["numbers", "with the barrier", "plain"],
            [
              ["0…\(Readable.round(upTo / 10))", samples[0].duration, samples[1].duration],
              ["0…\(Readable.round(upTo))", samples[2].duration, samples[3].duration],
            ])),
      ], explanation: Self.explanation(samples))
  }

  /// Returns the explanation.
  ///
  /// - Parameter samples: The loop with the barrier and the plain one, first for a tenth of the numbers, then for all.
  static func explanation(_ samples: [MeasuredConfiguration]) -> String {
    let ratio = samples[2].time / samples[3].time
    let (growth, plainGrowth) = (samples[2].time / samples[0].time, samples[3].time / samples[1].time)
    let growths = """
      Ten times as many numbers took \(figure(growth))× as long with the barrier, and \(figure(plainGrowth))× as long \
      without it.
      """
    if ratio < 3 {
      return """
        \(growths) The plain loop did not vanish: scaleup was built without optimization, or the compiler did not \
        recognize the sum. Build it with swift build -c release and try again.
        """
    }
    // The remaining times are so short that their growth may be chance.
    let reason =
      ratio > 100
      ? """
      A core with wide vectors does several additions at a time, but not \(figure(ratio)): there is no loop any more. The \
      optimizer found that the sum is N(N+1)/2 and computes that. The remaining time starts the worker and reads the clock.
      """
      : "The optimizer made the plain loop cheaper, several numbers at a time, but it still goes through them."
    return """
      Beside the plain loop there was one with a barrier: an empty piece of assembly that costs no instruction and hides \
      each number from the optimizer. \(growths) \(reason) The answers are the same, and the plain program is the better one. As a measurement it is \
      worthless, because numbers divided by this time give a speed that the machine does not have. That is why every loop \
      of this suite has the barrier, and why the formula is used only to check the sum.
      """
  }
}

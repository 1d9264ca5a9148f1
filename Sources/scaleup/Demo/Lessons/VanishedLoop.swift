import Analysis
import Formatting
import Records
import Report

/// An optimiser that understands a loop need not carry it out.
struct VanishedLoop: Lesson {
  static let name = "vanished"
  static let title = "the loop that vanished: the optimiser and the closed form"
  static let files = ["Benchmarks/Experiments/Vanished.swift", "Sources/CKernels/include/CKernels.h"]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    // A sum of 64 bits goes no further.
    upTo = max(
      10,
      try bench.amount(
        of: Configuration(model: "experiment", workload: "vanished", kernel: "barrier", workers: 1),
        taking: 0.4,
        most: 5_000_000_000))
  }

  var question: Question {
    Question(
      "The same loop adds 0…\(Readable.round(upTo)) twice, in one thread: once plainly, as anybody writes it, and once with a barrier "
        + "around each number, an empty piece of assembly that costs no instruction and hides from the "
        + "optimiser what comes out of it. How many times as fast is the plain loop?",
      .number(unit: "times"))
  }

  func findings() throws -> Findings {
    let configurations = [upTo / 10, upTo].flatMap { last -> [Configuration] in
      ["barrier", "plain"].map {
        Configuration(model: "experiment", workload: "vanished", kernel: $0, workers: 1, upTo: last)
      }
    }
    let samples = try bench.measure(configurations)
    let ratio = samples[2].time / samples[3].time
    return Findings(
      answer: ratio,
      passages: [
        .heading("the time of the loop"),
        .drawing(
          TextTable(
            ["numbers", "with the barrier", "plain"],
            [
              ["0…\(Readable.round(upTo / 10))", samples[0].duration, samples[1].duration],
              ["0…\(Readable.round(upTo))", samples[2].duration, samples[3].duration],
            ])),
      ], explanation: Self.explanation(samples))
  }

  /// Why it is so: of both loops with a tenth of the numbers, then of both with all, the plain one second.
  static func explanation(_ samples: [MeasuredConfiguration]) -> String {
    let ratio = samples[2].time / samples[3].time
    let (growth, plainGrowth) = (samples[2].time / samples[0].time, samples[3].time / samples[1].time)
    let growths = """
      Ten times as many numbers took \(figure(growth)) times as long with the barrier, and \(figure(plainGrowth)) times as \
      long without it.
      """
    if ratio < 3 {
      return """
        \(growths) The plain loop did not vanish: this suite was built without optimisation, or the compiler did not see \
        through the loop. Build it with swift build -c release and try again.
        """
    }
    // The times that are left are short, so that their growth may be chance.
    let reason =
      ratio > 100
      ? """
      With its widest vectors a core does some additions at a time, but not \(figure(ratio)): there is no loop any more. \
      The optimiser found out that the sum is N(N+1)/2, and computes that; what is left is the time to start the worker \
      and to read the clock.
      """
      : "The optimiser made the plain loop cheaper, several numbers at a time, but it still goes through them."
    return """
      \(growths) \(reason) The answers are the same, and the plain program is the better one. As a measurement it is \
      worthless: whoever divides the numbers by that time believes in a machine that there is not. That is why every loop \
      of this suite has the barrier, and why the formula is used for one thing only, to check the sum.
      """
  }
}

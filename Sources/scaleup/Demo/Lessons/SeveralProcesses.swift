import Analysis
import Formatting
import Records
import Report

/// Processes share nothing, so several copies of a program use several cores; to share one job, they have to talk.
struct SeveralProcesses: Lesson {
  static let name = "processes"
  static let title = "the same program once a core, then forked with pipes"
  static let files = [
    "Benchmarks/Experiments/Copies.swift", "Benchmarks/ForkedProcesses/ForkedProcesses.swift",
    "Benchmarks/ForkedProcesses/README.md",
  ]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.4)
  }

  var question: Question {
    Question(
      "A program without any concurrency adds 0…\(Readable.round(upTo)). It is started \(bench.workers) times at once; "
        + "each copy does all of the work, and knows nothing of the others. How many times as many numbers are added in a "
        + "second as by one copy alone?" + bench.shortage,
      .number(unit: "times"))
  }

  func findings() throws -> Findings {
    let samples = try bench.measure([
      Configuration(model: "single", workload: "sum", workers: 1, upTo: upTo),
      Configuration(
        model: "experiment", workload: "copies", kernel: "programs", workers: bench.workers, upTo: upTo),
      Configuration(model: "fork", workload: "sum", workers: bench.workers, upTo: upTo),
    ])
    let (single, copies, fork) = (samples[0], samples[1], samples[2])
    // A copy's time has the start of its program in it; so has this.
    let alone = single.middle.wallTime ?? .nan
    let gain = Double(bench.workers) * alone / copies.time
    let rates = [
      ("one program", 1 / alone), ("\(bench.workers) programs", gain / alone), ("forked", 1 / fork.time),
    ].map { name, jobs in (name, (Double(upTo) + 1) * jobs * 1e9) }
    return Findings(
      answer: gain,
      passages: [
        .heading("numbers added in a second"),
        .drawing(TextBars(rates.map { .init($0, $1, Readable.large($1)) })),
        .heading("\(bench.workers) programs, each with all of the work"),
        .drawing(TextGantt(copies.middle.report, of: "copy")),
        .heading("\(bench.workers) forked workers, each with a part of the work"),
        .drawing(TextGantt(fork.middle.report)), .paragraph(TextGantt.legend),
      ], explanation: explanation(gain, alone, copies, fork))
  }

  private func explanation(
    _ gain: Double, _ alone: Double, _ copies: MeasuredConfiguration, _ fork: MeasuredConfiguration
  ) -> String {
    let speedup = alone / fork.time
    let forked =
      speedup > 1.1
      ? "\(Readable.fixed(speedup, decimals: 2)) times as fast as alone."
      : "no faster than alone: the CPUs had no time for more, because there is but one or other programs use them."
    let lack =
      gain < 0.7 * Double(bench.workers)
      ? """
      That the copies gained less than \(bench.workers) times means that they had to share cores, or what cores share, \
      with one another or with other programs.
      """ : ""
    return """
      Processes share no memory, and the system gives each a core as long as there are any: \(bench.workers) copies got \
      \(Readable.fixed(gain, decimals: 2)) times as much done as one, but each did a whole job by itself: one took \
      \(Readable.duration(nanoseconds: alone)) alone, and all took \(copies.duration) side by side. To have one job done \
      sooner it must be divided, and the parts must find together again. The model fork does so: the program makes \
      \(bench.workers) of itself with fork(2), each adds its range in its own memory and sends its partial sum through a \
      pipe. The job then took \(fork.duration), \(forked) \(lack)
      """
  }
}

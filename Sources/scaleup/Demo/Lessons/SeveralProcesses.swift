import Analysis
import Formatting
import Records
import Report

/// Shows that copies of a program use several cores, but that processes must communicate to share one job.
struct SeveralProcesses: Lesson {
  static let name = "processes"
  static let title = "Several processes: copies, then forked workers"
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
      "A program without concurrency adds 0…\(Readable.round(upTo)). We start \(bench.workers) copies of it at once. Each "
        + "copy does all of the work and ignores the others. How many times as many numbers per second do they add as one "
        + "copy alone?" + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure([
      Configuration(model: "single", workload: "sum", workers: 1, upTo: upTo),
      Configuration(
        model: "experiment", workload: "copies", kernel: "programs", workers: bench.workers, upTo: upTo),
      Configuration(model: "fork", workload: "sum", workers: bench.workers, upTo: upTo),
    ])
    let (single, copies, fork) = (samples[0], samples[1], samples[2])
    // A copy's time includes the start of its program; so does this one.
    let alone = single.middle.wallTime ?? .nan
    let gain = Double(bench.workers) * alone / copies.time
    let rates = [
      ("one program", 1 / alone), ("\(bench.workers) programs", gain / alone), ("forked", 1 / fork.time),
    ].map { name, jobs in (name, (Double(upTo) + 1) * jobs * 1e9) }
    return Findings(
      answer: gain,
      passages: [
        .heading("Numbers added per second"),
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
      ? "\(Readable.fixed(speedup, decimals: 2))× as fast as one program."
      : "no faster than one program, because there is only one CPU or other programs use the others."
    let lack =
      gain < 0.7 * Double(bench.workers)
      ? """
      The copies gained less than \(bench.workers)× because they shared cores, caches or memory with each other or with \
      other programs.
      """ : ""
    return """
      Processes share no memory, and the system gives each its own core while there are free ones. \(bench.workers) copies \
      did \(Readable.fixed(gain, decimals: 2))× the work of one, but each did a whole job: one copy took \
      \(Readable.duration(nanoseconds: alone)) alone, and all took \(copies.duration) side by side. To finish one job \
      sooner, divide it and merge the partial results. The model fork does so: it forks \(bench.workers) workers with \
      fork(2). Each adds its range in its own memory and sends its partial sum through a pipe. The job then took \
      \(fork.duration), \(forked) \(lack)
      """
  }
}

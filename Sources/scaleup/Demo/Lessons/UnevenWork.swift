import Analysis
import Formatting
import Records
import Report

/// Parts of one size are not parts of one cost. Dealing small chunks evens that out.
struct UnevenWork: Lesson {
  static let name = "uneven"
  static let title = "uneven work: static against dynamic, as a Gantt chart"
  static let files = [
    "Sources/Workloads/Primes.swift", "Sources/ModelKit/ChunkCursor.swift",
    "Sources/Workloads/Schedule.swift",
  ]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "primes", workers: 1), taking: 0.8)
  }

  var question: Question {
    Question(
      "\(bench.workers) workers count the primes 0…\(Readable.round(upTo)) by trial division, where a large number costs "
        + "more than a small one. First each has one range, all of the same length. Then each takes a small "
        + "chunk of numbers whenever it is done with its last. How many times as fast is the second way?"
        + bench.shortage,
      .number(unit: "times"))
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(
      [nil, "dynamic"].map {
        Configuration(model: "threads", workload: "primes", workers: bench.workers, schedule: $0, upTo: upTo)
      })
    let gain = samples[0].time / samples[1].time
    return Findings(
      answer: gain,
      passages: [
        .heading("one range each: \(samples[0].duration)"), .drawing(TextGantt(samples[0].middle.report)),
        .heading("chunks, as they are asked for: \(samples[1].duration)"),
        .drawing(TextGantt(samples[1].middle.report)), .paragraph(TextGantt.legend),
      ], explanation: explanation(samples, gain))
  }

  private func explanation(_ samples: [MeasuredConfiguration], _ gain: Double) -> String {
    let idle = samples.map { $0.middle.imbalance ?? 0 }
    let chunks = (samples[1].middle.report.shares ?? []).compactMap(\.chunks).map { "\($0)" }
    let verdict =
      samples[1].isPlainlyFaster(than: samples[0])
      ? "The chunks won in every trial."
      : gain > 1.05
        ? "The chunks won, though not in every trial: other programs make workers slow, too."
        : """
        The chunks did not win here: the cores were not the workers' alone, and that weighed more than what chunks even out.
        """
    return """
      A job is done when its last worker is. The ranges are of one length, but the last of them has the largest numbers, \
      and to find out whether a number is prime takes divisions up to its square root. So workers with small numbers waited \
      for those with large ones: \(Readable.percent(idle[0])) of the core-time of the job with ranges, \
      \(Readable.percent(idle[1])) with chunks. \(verdict) A worker that got dear numbers simply came back later for its \
      next chunk: they took \(chunks.prefix(8).joined(separator: ", "))\(chunks.count > 8 ? " …" : "") chunks. The price is \
      one atomic addition a chunk, so that chunks should not be too small either; the lesson \(SmallWork.name) shows why.
      """
  }
}

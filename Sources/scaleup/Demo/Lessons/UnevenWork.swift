import Analysis
import Formatting
import Records
import Report

/// Compares static ranges with dynamic chunks for numbers of unequal cost.
struct UnevenWork: Lesson {
  static let name = "uneven"
  static let title = "Uneven work: static and dynamic schedules"
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
      "\(bench.workers) workers count the primes in 0…\(Readable.round(upTo)) by trial division, which takes longer for large "
        + "numbers than for small ones. First, each worker gets one range, all of the same length. Then each takes a small "
        + "chunk of numbers whenever it has finished one. How many times as fast is the second way?"
        + bench.shortageNote,
      .factor)
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
        .heading("One range each (static): \(samples[0].duration)"),
        .drawing(TextGantt(samples[0].middle.report)),
        .heading("Chunks on demand (dynamic): \(samples[1].duration)"),
        .drawing(TextGantt(samples[1].middle.report)), .paragraph(TextGantt.legend),
      ], explanation: explanation(samples, gain))
  }

  private func explanation(_ samples: [MeasuredConfiguration], _ gain: Double) -> String {
    let idle = samples.map { $0.middle.imbalance ?? 0 }
    let chunks = (samples[1].middle.report.shares ?? []).compactMap(\.chunks).map { "\($0)" }
    let verdict =
      samples[1].isPlainlyFaster(than: samples[0])
      ? "The chunks were faster in every trial."
      : gain > 1.05
        ? "The chunks were faster, but not in every trial: other programs slow workers down too."
        : "The chunks were not faster here: other programs used the cores too, which cost more than the chunks saved."
    return """
      A job is done when its last worker is. The ranges have the same length, but the last one has the largest numbers, and \
      testing a number takes divisions up to its square root. So workers with small numbers waited for those with large \
      ones, for \(Readable.percent(idle[0])) of the core time with ranges and \(Readable.percent(idle[1])) with chunks. \
      \(verdict) A worker with expensive numbers came back later for its next chunk: the workers took \
      \(chunks.prefix(8).joined(separator: ", "))\(chunks.count > 8 ? " …" : "") chunks. Each chunk costs one atomic \
      addition, so chunks should not be too small either: see the lesson \(SmallWork.name).
      """
  }
}

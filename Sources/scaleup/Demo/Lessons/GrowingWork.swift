import Analysis
import Formatting
import Records
import Report

/// Measures weak scaling: the work grows with the workers. Compares Gustafson's law with Amdahl's.
struct GrowingWork: Lesson {
  static let name = "weak"
  static let title = "Weak scaling: more workers for more work (Gustafson)"
  static let files = ["Benchmarks/Experiments/Serial.swift", "Sources/Analysis/Laws/ScalingLaw.swift"]

  private let bench: Bench
  /// The numbers of one worker.
  private let numbers: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    let alone = Configuration(model: "single", workload: "sum", workers: 1)
    numbers = try bench.amount(of: alone, taking: 0.25) / 2 * 2
  }

  private var counts: [Int] {
    Set([1, 2, 4, bench.workers / 2, bench.workers]).filter { (1...bench.workers).contains($0) }.sorted()
  }

  var question: Question {
    Question(
      "One worker adds 0…\(Readable.round(numbers)): half of the numbers before others may begin (the serial part), then the rest. "
        + "Now the rest grows with the workers: each of \(bench.workers) has as much of it as the one had. How many times as many "
        + "numbers per second do \(bench.workers) workers add as one?" + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let counts = counts
    let even = counts.map {
      Configuration(model: "threads", workload: "sum", workers: $0, upTo: numbers * UInt64($0) - 1)
    }
    let fixed = counts.map { serial("half", $0, count: numbers) }
    let growing = counts.map { serial("growing", $0, count: numbers / 2 * (UInt64($0) + 1)) }
    // With one worker, both serial parts are the same work.
    let samples = try bench.measure(even + fixed + growing)
    let times = [0, 1, 2].map { group in counts.indices.map { samples[group * counts.count + $0].time } }
    let results = Results(workers: counts, even: times[0], fixed: times[1], growing: times[2])
    return Findings(
      answer: results.scaledSpeedup,
      passages: [
        .heading("N numbers per worker; then half of them serial: growing and fixed work"),
        .drawing(
          TextTable(["workers", "N each", "growing", "scaled speedup", "fixed", "speedup"], rows(results))),
        .heading("Speedup of \(bench.workers) workers with a serial part"),
        .drawing(
          TextBars([
            Self.bar("fixed work, Amdahl's law", results.amdahl),
            Self.bar("fixed work, measured", results.speedup),
            Self.bar("growing work, Gustafson's law", results.gustafson),
            Self.bar("growing work, measured", results.scaledSpeedup),
          ])),
      ], explanation: Self.explanation(results))
  }

  private func serial(_ kernel: String, _ workers: Int, count: UInt64) -> Configuration {
    Configuration(
      model: "experiment", workload: "serial", kernel: kernel, workers: workers, upTo: count - 1)
  }

  private func rows(_ results: Results) -> [[String]] {
    results.workers.indices.map { row in
      ["\(results.workers[row])"]
        + [
          Readable.duration(nanoseconds: results.even[row]),
          Readable.duration(nanoseconds: results.growing[row]),
          Readable.fixed(results.scaledSpeedup(row), decimals: 2),
          Readable.duration(nanoseconds: results.fixed[row]),
          Readable.fixed(results.speedup(row), decimals: 2),
        ]
    }
  }

  private static func bar(_ label: String, _ speedup: Double) -> TextBars.Bar {
    .init(label, speedup, Readable.fixed(speedup, decimals: 2))
  }

  /// The times in nanoseconds by workers, the first of which is 1.
  struct Results {
    let workers: [Int]
    /// N numbers per worker, without a serial part.
    let even: [Double]
    /// N numbers in all, half of them serial.
    let fixed: [Double]
    /// N/2 numbers serial, and N/2 per worker.
    let growing: [Double]

    private var last: Int { workers.count - 1 }
    private var most: Double { Double(workers[last]) }

    func speedup(_ row: Int) -> Double { fixed[0] / fixed[row] }
    /// The work per time over that of one worker.
    func scaledSpeedup(_ row: Int) -> Double {
      (Double(workers[row]) + 1) / 2 * growing[0] / growing[row]
    }
    var speedup: Double { speedup(last) }
    var scaledSpeedup: Double { scaledSpeedup(last) }
    /// 1 / (f + (1 − f) / p) with f = 1/2.
    var amdahl: Double { 2 / (1 + 1 / most) }
    /// f + (1 − f) p with f = 1/2.
    var gustafson: Double { (1 + most) / 2 }
    /// The time of all workers over that of one, if each has the same work.
    var growth: Double { even[last] / even[0] }
    var count: Int { workers[last] }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let growth = figure(results.growth)
    let even =
      results.growth < 1.1
      ? "the time stayed nearly the same (\(growth)×): \(results.count) workers did \(results.count) times the work in it."
      : """
      the time grew \(growth)×. The workers lost something to each other or to other programs: there are fewer CPUs than workers, \
      two of them share a core, or the clock rate falls when all are busy.
      """
    let gap = results.scaledSpeedup / results.gustafson
    let law =
      (0.93...1.07).contains(gap)
      ? "as Gustafson's law says"
      : gap < 1
        ? "less than Gustafson's law says"
        : "more than Gustafson's law says, so something slowed the one worker down"
    return """
      Strong scaling asks how soon the same work is done; weak scaling, how much work is done in the same time. With N numbers \
      for each worker, \(even) With a serial part f of the time, Amdahl's law divides fixed work: 1 / (f + (1 − f) / p) is \
      \(Readable.fixed(results.amdahl, decimals: 2)) for f = 1/2 and \(results.count) workers, and never reaches 2. Measured: \
      \(Readable.fixed(results.speedup, decimals: 2)). Gustafson (1988) lets the parallel part grow: f + (1 − f) p is \
      \(Readable.fixed(results.gustafson, decimals: 2)), and has no limit. Measured: \
      \(Readable.fixed(results.scaledSpeedup, decimals: 2)), \(law). Both laws describe the same program. Which one is yours depends on \
      what a faster machine is for: to finish the same job sooner, or to do a larger one, with more data, users or detail, in \
      the time you have. The serial part of a larger job must not grow with it, or Amdahl's law is back.
      """
  }
}

import Analysis
import Formatting
import Records
import Report

/// Shows that the serial part of the work limits the speedup (Amdahl's law), and estimates that part from the times.
struct SerialPart: Lesson {
  static let name = "serial"
  static let title = "The serial part: Amdahl's law, checked by a fit"
  static let files = [
    "Benchmarks/Experiments/Serial.swift", "Sources/Analysis/Laws/ScalingLaw.swift",
    "Sources/Analysis/SerialFractionTrend.swift",
  ]
  /// The kernel of the experiment, and the part of its work that is serial.
  private static let (kernel, part) = ("fifth", 0.2)
  /// The most numbers of workers to fit Amdahl's law to.
  private static let mostCounts = 8

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.4)
  }

  /// The numbers of workers: 1, and the largest of 2, 3, 4, 6, 8, 12 … up to the number of CPUs. More workers than CPUs
  /// would be slow for another reason.
  private var counts: [Int] {
    let steps = (0..<12).flatMap { [1 << $0, 3 << $0] }.filter { $0 < bench.workers } + [1, bench.workers]
    let counts = Set(steps).sorted()
    return [1] + counts.dropFirst().suffix(Self.mostCounts - 1)
  }

  var question: Question {
    Question(
      "\(bench.workers) workers share a sum. One of them must add a fifth of the numbers alone before the others may begin: "
        + "the serial part. How many times as fast as one worker are they?" + bench.shortageNote,
      .factor)
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(
      counts.map {
        Configuration(model: "experiment", workload: "serial", kernel: Self.kernel, workers: $0, upTo: upTo)
      })
    let speedups = samples.map { samples[0].time / $0.time }
    let last = samples.count - 1
    return Findings(
      answer: speedups[last],
      passages: [
        .heading("Speedup over one worker"),
        .drawing(
          TextBars(
            zip(counts, speedups).map {
              .init(Readable.count($0, "worker"), $1, Readable.fixed($1, decimals: 2))
            })),
        .heading("\(bench.workers) workers"), .drawing(TextGantt(samples[last].middle.report)),
        .paragraph(TextGantt.legend),
      ], explanation: explanation(samples, speedups[last]))
  }

  private func explanation(_ samples: [MeasuredConfiguration], _ speedup: Double) -> String {
    let law = 1 / (Self.part + (1 - Self.part) / Double(bench.workers))
    let estimate =
      bench.cpus < bench.workers
      ? "With one CPU the speedup says nothing about the serial part: the workers took turns anyway."
      : Self.estimate(zip(counts, samples).map { ($0, $1) })
    return """
      While one worker does the serial part, the others wait, and more workers only wait too. If a part f of the work is \
      serial, Amdahl's law gives p workers a speedup of 1 / (f + (1 − f) / p). For a fifth and \(bench.workers) workers \
      that is \(Readable.fixed(law, decimals: 2)), and for any number of workers less than \
      \(Readable.fixed(1 / Self.part, decimals: 0)). The measured speedup is \
      \(Readable.fixed(speedup, decimals: 2)). \(estimate)
      """
  }

  /// Returns sentences with an estimate of the serial part, from a fit of the law or else from the last speedup alone.
  ///
  /// - Parameter samples: The samples by number of workers, ascending; the first number is 1, and the last is greater.
  static func estimate(_ samples: [(workers: Int, sample: MeasuredConfiguration)]) -> String {
    let fit = ScalingFit(
      samples.flatMap { workers, sample in
        sample.trials.map { ScalingSample(workers: Double(workers), throughput: 1e9 / $0.time) }
      })
    if let found = fit.fit(of: .amdahl)?[.f] { return fitted(found, of: samples.count) }
    let last = samples[samples.count - 1]
    let speedup = samples[0].sample.time / last.sample.time
    let lack =
      samples.count < ScalingLaw.amdahl.fewestCounts
      ? """
      A fit of the law needs at least \(ScalingLaw.amdahl.fewestCounts) worker counts, and there are \(samples.count) here.
      """ : "The law could not be fitted to these times."
    return "\(lack) \(estimated(serialFraction(speedup: speedup, workers: last.workers) ?? .nan))"
  }

  private static func fitted(_ found: LawFit.Coefficient, of counts: Int) -> String {
    let (lower, upper) = (found.interval.lower, found.interval.upper)
    let judgement =
      lower > part
      ? " The CI lies above it: starting workers, and other programs, look like serial work too."
      : upper < part ? " The CI lies below it: something slowed few workers down more than many." : ""
    return """
      A fit of the law to the times with \(counts) worker counts gives a serial part of \(fraction(found.value)) (95 % CI \
      \(fraction(lower))–\(fraction(upper))). The true part is \(fraction(part)).\(judgement)
      """
  }

  private static func estimated(_ found: Double) -> String {
    let judgement =
      (found - part).magnitude < 0.1
      ? "The estimate is close, although one speedup cannot separate serial work from other causes of slow workers."
      : found > part
        ? "The estimate is too high: anything that slows the workers down, such as other programs, counts as serial work."
        : "The estimate is too low: something, such as other programs, slowed one worker down more than all of them."
    return """
      One speedup S alone gives an estimate too, (1/S − 1/p) / (1 − 1/p) (Karp and Flatt): here \(fraction(found)). The \
      true part is \(fraction(part)). \(judgement)
      """
  }

  private static func fraction(_ value: Double) -> String { Readable.fixed(value, decimals: 3) }
}

import Analysis
import Formatting
import Records
import Report

/// What one worker must do alone limits what all others can gain: Amdahl's law.
struct SerialPart: Lesson {
  static let name = "serial"
  static let title = "the serial part: Amdahl's law, and the part found again"
  static let files = [
    "Benchmarks/Experiments/Serial.swift", "Sources/Analysis/Laws/ScalingLaw.swift",
    "Sources/Analysis/SerialFractionTrend.swift",
  ]
  /// The part that the experiment's kernel has one worker do alone.
  private static let (kernel, part) = ("fifth", 0.2)
  /// Amdahl's law is fitted to at most so many numbers of workers.
  private static let mostCounts = 8

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.4)
  }

  /// 1, 2, 3, 4, 6, 8, 12 … up to all, the largest of them where they are too many. No more than there are CPUs: further
  /// workers would be slow for another reason.
  private var counts: [Int] {
    let steps = (0..<12).flatMap { [1 << $0, 3 << $0] }.filter { $0 < bench.workers } + [1, bench.workers]
    let counts = Set(steps).sorted()
    return [1] + counts.dropFirst().suffix(Self.mostCounts - 1)
  }

  var question: Question {
    Question(
      "\(bench.workers) workers share a sum, but a fifth of the numbers must be added by one of them alone, before the others may "
        + "begin: a serial part. How many times as fast as one worker are they?" + bench.shortage,
      .number(unit: "times"))
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
        .heading("times as fast as one worker"),
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
      ? "Without a second CPU the speedup tells nothing of the serial part: the workers took turns anyway."
      : Self.estimate(zip(counts, samples).map { ($0, $1) })
    return """
      While one worker does what it must do alone, the others wait, and more of them only wait with it. With a part f that \
      is serial, Amdahl's law gives p workers a speedup of 1 / (f + (1 − f) / p): a fifth and \(bench.workers) workers make \
      \(Readable.fixed(law, decimals: 2)), and any number of workers less than \
      \(Readable.fixed(1 / Self.part, decimals: 0)). Measured was \
      \(Readable.fixed(speedup, decimals: 2)). \(estimate)
      """
  }

  /// The serial part as the times tell it: by fitting the law, or from the last speedup alone.
  ///
  /// - Parameter samples: By numbers of workers, of which the first is 1 and the last is not.
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
      To find the part again by fitting the law takes at least \(ScalingLaw.amdahl.fewestCounts) numbers of workers, and \
      here there are \(samples.count).
      """ : "The law could not be fitted to these times."
    return "\(lack) \(pointedTo(serialFraction(speedup: speedup, workers: last.workers) ?? .nan))"
  }

  private static func fitted(_ found: LawFit.Coefficient, of counts: Int) -> String {
    let (lower, upper) = (found.interval.lower, found.interval.upper)
    let judgement =
      lower > part
      ? ", and the interval lies above: starting workers, and other programs, look like serial work too."
      : upper < part
        ? ", and the interval lies below: something held the fewer workers back more than all of them."
        : "."
    return """
      Fitted to the times of \(counts) numbers of workers, and told nothing else, the law finds a serial part of \
      \(fraction(found.value)) (95 % interval \(fraction(lower)) to \(fraction(upper))); \(fraction(part)) was put \
      in\(judgement)
      """
  }

  private static func pointedTo(_ found: Double) -> String {
    let judgement =
      (found - part).magnitude < 0.1
      ? "It was found again, though one speedup cannot tell serial work from anything else that slows workers down."
      : found > part
        ? "That is far more: whatever else slows the workers down, such as other programs, counts as serial work in this."
        : "That is far less: something, such as other programs, held the one worker back more than all of them together."
    return """
      One speedup alone points to a serial part too, (1/S − 1/p) / (1 − 1/p) (Karp and Flatt): here to \
      \(fraction(found)), and \(fraction(part)) was put in. \(judgement)
      """
  }

  private static func fraction(_ value: Double) -> String { Readable.fixed(value, decimals: 3) }
}

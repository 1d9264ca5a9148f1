import Formatting
import Records
import Report

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Finds the amount of work from which several workers are faster than one.
struct SmallWork: Lesson {
  static let name = "grain"
  static let title = "Too small to share: when parallel work starts to pay"
  static let files = ["Sources/Harness/Running/GranularitySweep.swift", "Benchmarks/Threads/Threads.swift"]
  private static let models = ["fork", "threads", "dispatch", "taskgroup"]
  /// The position of the model that the question is about.
  private static let asked = 1
  /// The time of one worker with the least work, in seconds, and the number of amounts, each four times the last.
  private static let (least, steps) = (1e-6, 8)

  private let bench: Bench
  private let amounts: [UInt64]

  init(_ bench: Bench) throws {
    self.bench = bench
    let cost = try bench.cost(of: Configuration(model: "single", workload: "sum", workers: 1))
    amounts = (0..<Self.steps).map { max(1, cost.amount(taking: Self.least * 1e9 * pow(4, Double($0)))) }
  }

  var question: Question {
    Question(
      "We create \(bench.workers) threads, let them share one sum, and join them. One worker could add it alone, without "
        + "that overhead. How much work must it be, in microseconds of that one worker, before \(bench.workers) threads "
        + "are faster?" + bench.shortageNote,
      .number(unit: "µs"))
  }

  func findings() throws -> Findings {
    let rows = try amounts.map { upTo in
      try bench.measure(
        [Configuration(model: "single", workload: "sum", workers: 1, upTo: upTo, repetitions: 20)]
          + Self.models.map {
            Configuration(model: $0, workload: "sum", workers: bench.workers, upTo: upTo, repetitions: 20)
          })
    }
    let points = Self.models.indices.map { model in
      Self.breakEven(rows.map { ($0[0].time, $0[0].time / $0[model + 1].time) })
    }
    let table = rows.map { row in
      [row[0].duration] + row.dropFirst().map { Readable.fixed(row[0].time / $0.time, decimals: 2) }
    }
    return Findings(
      answer: points[Self.asked].map { $0 / 1e3 },
      passages: [
        .heading("Speedup over one worker, by the time that one worker needs"),
        .drawing(TextTable(["one worker"] + Self.models, table)),
        .heading("The least work that pays: a speedup over \(Readable.fixed(Self.gain, decimals: 2))"),
        .drawing(
          TextBars(
            zip(Self.models, points).map { model, point in
              let isLeast = point == rows.first?[0].time
              return .init(
                model, point ?? 0,
                point.map { Readable.duration(nanoseconds: $0) + (isLeast ? " or less" : "") } ?? "not found")
            })),
      ], explanation: explanation(points))
  }

  /// The least speedup that is a gain: less may be chance.
  static let gain = 1.05

  /// Returns the time of one worker from which on all speedups are a gain.
  ///
  /// Between the last point without a gain and the next one, the speedup is taken to be linear in the logarithm of the
  /// time.
  ///
  /// - Returns: The time of the first point if all speedups are gains; `nil` if the last one is not.
  static func breakEven(_ points: [(time: Double, speedup: Double)]) -> Double? {
    guard let last = points.lastIndex(where: { $0.speedup <= gain }) else { return points.first?.time }
    if last + 1 == points.count { return nil }
    let (below, above) = (points[last], points[last + 1])
    let part = (gain - below.speedup) / (above.speedup - below.speedup)
    return below.time * pow(above.time / below.time, part)
  }

  private func explanation(_ points: [Double?]) -> String {
    let verdict =
      bench.cpus == 1
      ? "With one CPU, sharing gains nothing, however much work there is: a speedup over 1 is chance."
      : Self.verdict(points)
    return """
      Workers have to be created or woken, given their work and waited for. That takes the same time for little work as for \
      much, so with little work one worker finishes before the others begin. \(verdict) Each time is the median of regions \
      run one after another in one process, without the first. By then a pool's threads and forked workers exist already; \
      only the model threads creates new ones every time. If sharing does not pay, use larger pieces of work rather than a \
      faster machine: scaleup granularity finds their size.
      """
  }

  /// Returns a sentence about the models with which sharing paid, and those with which it did not.
  ///
  /// - Parameter points: The least work that paid, per model.
  static func verdict(_ points: [Double?]) -> String {
    let found = zip(models, points).compactMap { model, point in point.map { (model: model, time: $0) } }
    let cost = "so many workers cost more than they gain, or other programs use the CPUs"
    let others = zip(models, points).filter { $1 == nil }.map { $0.0 }
    guard let first = found.min(by: { $0.time < $1.time }), let last = found.max(by: { $0.time < $1.time })
    else {
      return "Sharing paid with no model, even with the most work measured: \(cost)."
    }
    let soonest =
      "Sharing paid soonest with \(first.model), from \(Readable.duration(nanoseconds: first.time)) of work"
    if others.isEmpty {
      return "\(soonest), and latest with \(last.model), from \(Readable.duration(nanoseconds: last.time))."
    }
    let names = [others.dropLast().joined(separator: ", "), others[others.count - 1]].filter { !$0.isEmpty }
      .joined(separator: " and ")
    return
      "\(soonest). It did not pay with \(names), even with the most work measured: \(cost)."
  }
}

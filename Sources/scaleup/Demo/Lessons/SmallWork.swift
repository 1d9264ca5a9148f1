import Formatting
import Records
import Report

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Handing out work costs time; work that takes less is better done by one.
struct SmallWork: Lesson {
  static let name = "grain"
  static let title = "too small to share: where parallel starts to pay"
  static let files = ["Sources/Harness/Running/GranularitySweep.swift", "Benchmarks/Threads/Threads.swift"]
  private static let models = ["fork", "threads", "dispatch", "taskgroup"]
  private static let asked = 1
  /// The time of one worker with the least work, in seconds, and how often it is made four times as much.
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
      "\(bench.workers) threads are created, share one sum, and are joined. One worker could have added it alone, without "
        + "any of that. From how much work on, in microseconds of that one worker, are the \(bench.workers) threads "
        + "sooner done?" + bench.shortage,
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
        .heading("times as fast as one worker, by the time that one worker needs"),
        .drawing(TextTable(["one worker"] + Self.models, table)),
        .heading("where it starts to pay"),
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

  /// The time of one worker from which on all speedups are over 1: between the last that is not and the next it is taken
  /// to be linear in the logarithm of the time. The least that was tried where all are; `nil` where the last is not.
  static func breakEven(_ points: [(time: Double, speedup: Double)]) -> Double? {
    guard let last = points.lastIndex(where: { $0.speedup <= 1 }) else { return points.first?.time }
    if last + 1 == points.count { return nil }
    let (below, above) = (points[last], points[last + 1])
    let part = (1 - below.speedup) / (above.speedup - below.speedup)
    return below.time * pow(above.time / below.time, part)
  }

  private func explanation(_ points: [Double?]) -> String {
    let verdict =
      bench.cpus == 1
      ? "With one CPU there is nothing to gain by sharing, however much there is to do: a number over 1 is chance."
      : Self.verdict(points)
    return """
      Workers have to be created or woken, told what to do, and waited for. That takes the same time whether there is much \
      to do or little, so with little to do one worker is done before the others have begun. \(verdict) Each time is \
      the median of regions that are run one after the other in one process, without the first: threads that a pool keeps, \
      and workers that were forked before, are then there already, and the model threads alone makes its own anew. Where \
      sharing does not pay the remedy is not a faster machine but larger pieces: scaleup granularity finds how large.
      """
  }

  /// With which models it paid, and with which it never did.
  ///
  /// - Parameter points: From when on, a time for each model.
  static func verdict(_ points: [Double?]) -> String {
    let found = zip(models, points).compactMap { model, point in point.map { (model: model, time: $0) } }
    let cost = "so many workers cost more than they bring, or other programs use the CPUs"
    let others = zip(models, points).filter { $1 == nil }.map { $0.0 }
    guard let first = found.min(by: { $0.time < $1.time }), let last = found.max(by: { $0.time < $1.time })
    else {
      return "It paid with no model, even with the most work that was tried: \(cost)."
    }
    let soonest =
      "It paid soonest with \(first.model), from \(Readable.duration(nanoseconds: first.time)) of work on"
    if others.isEmpty {
      return
        "\(soonest), and latest with \(last.model), from \(Readable.duration(nanoseconds: last.time)) on."
    }
    return
      "\(soonest). With \(others.joined(separator: ", ")) it did not, even with the most work that was tried: \(cost)."
  }
}

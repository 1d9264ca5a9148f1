import Analysis
import Formatting
import Records
import Report

/// Compares the cost of starting workers: forked processes, threads and Dispatch's pool.
struct ThreadsAndDispatch: Lesson {
  static let name = "threads"
  static let title = "Threads and Dispatch: the cost of starting workers"
  static let files = [
    "Benchmarks/Threads/Threads.swift",
    "Benchmarks/DispatchConcurrentPerform/DispatchConcurrentPerform.swift",
    "Sources/Platform/Threads/Thread.swift",
  ]
  private static let models = ["fork", "threads", "dispatch"]

  /// The time of the little work of one worker, in seconds: long enough for every worker to begin before another ends.
  private static let little = 2e-4

  private let bench: Bench
  /// The N of the little work of all workers, and of much.
  private let (few, many): (UInt64, UInt64)

  init(_ bench: Bench) throws {
    self.bench = bench
    let cost = try bench.cost(of: Configuration(model: "single", workload: "sum", workers: 1))
    few = cost.amount(taking: Self.little * Double(bench.workers) * 1e9)
    many = cost.amount(taking: bench.time(seconds: 0.2) * 1e9)
  }

  var question: Question {
    Question(
      "Three models start \(bench.workers) workers, each with \(Readable.duration(nanoseconds: Self.little * 1e9)) of work, "
        + "over and over in one process. fork keeps its processes and sends them orders. threads creates threads and joins "
        + "them. dispatch reuses the threads of a pool. Which one is done first?" + bench.shortageNote,
      .choice(Self.models))
  }

  func findings() throws -> Findings {
    let single = [few, many].map { upTo in
      Configuration(
        model: "single", workload: "sum", workers: 1, upTo: upTo, repetitions: upTo == few ? 200 : nil)
    }
    let pairs = Self.models.flatMap { model in
      [few, many].map { upTo in
        Configuration(
          model: model, workload: "sum", workers: bench.workers, upTo: upTo,
          repetitions: upTo == few ? 200 : nil)
      }
    }
    let samples = try bench.measure(single + pairs)
    let little = Self.models.indices.map { samples[2 + 2 * $0] }
    let much = Self.models.indices.map { samples[3 + 2 * $0] }
    let share = samples[0].time / Double(bench.workers)
    let order = little.indices.sorted { little[$0].time < little[$1].time }
    return Findings(
      answer: Self.fastest(little).map { Double($0 + 1) },
      passages: [
        .heading(
          "Time that starting and joining the workers adds to a share of \(Readable.duration(nanoseconds: share))"
        ),
        .drawing(
          TextBars(
            zip(Self.models, little).map { model, sample in
              let added = max(0, sample.time - share)
              return .init(model, added, Readable.duration(nanoseconds: added))
            })),
        .heading("Adding 0…\(Readable.round(many)): speedup over one worker"),
        .drawing(
          TextBars(
            zip(Self.models, much).map { model, sample in
              let speedup = samples[1].time / sample.time
              return .init(model, speedup, Readable.fixed(speedup, decimals: 2))
            })),
        .heading("The workers of dispatch"), .drawing(TextGantt(much[2].middle.report)),
        .paragraph(TextGantt.legend),
      ], explanation: explanation(order.map { (Self.models[$0], little[$0]) }, much))
  }

  /// Returns the most workers that were at work at the same time.
  static func mostAtOnce(_ shares: [Share]) -> Int {
    shares.map { one in shares.count { $0.begin <= one.begin && one.begin < $0.end } }.max() ?? 0
  }

  /// Returns the position of the sample that is plainly faster than every other; `nil` if there is none.
  static func fastest(_ samples: [MeasuredConfiguration]) -> Int? {
    samples.indices.first { one in
      samples.indices.allSatisfy { $0 == one || samples[one].isPlainlyFaster(than: samples[$0]) }
    }
  }

  private func explanation(
    _ order: [(model: String, sample: MeasuredConfiguration)], _ summed: [MeasuredConfiguration]
  ) -> String {
    let (first, second) = (order[0], order[1])
    let comparison =
      first.sample.isPlainlyFaster(than: second.sample)
      ? """
      Here \(first.model) is fastest, and \(second.model) takes \(figure(second.sample.time / first.sample.time))× as long.
      """
      : "The trials of \(first.model) and \(second.model) overlap, so neither is clearly the fastest."
    let alone = order.filter { Self.mostAtOnce($0.sample.middle.report.shares ?? []) < bench.workers }
    let participation =
      alone.isEmpty
      ? "In all models all \(bench.workers) workers were at work at the same time."
      : """
      With \(alone.map(\.model).joined(separator: " and ")) fewer than \(bench.workers) workers were at work at the same \
      time: some had finished before the last one began.
      """
    let spread = (summed.map(\.time).max() ?? 0) / max(1, summed.map(\.time).min() ?? 1)
    let work =
      spread < 1.3
      ? "With more work the difference hardly shows: the slowest took \(Readable.percent(spread - 1)) longer."
      : """
      With more work the difference should hardly show. The slowest took \(figure(spread))× as long as the fastest, \
      probably because of other programs or the cost of starting \(bench.workers) workers for so little work.
      """
    return """
      The threads of a process share its memory, so nothing has to be sent. \(comparison) \(participation) Creating and joining threads \
      takes system calls for every worker, every time. A pool keeps its threads: they look for more work for a moment \
      before they sleep, and are woken later. A forked process waits for an order in a pipe, which takes system calls on \
      both sides. \(work)
      """
  }
}

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
    "Sources/Platform/Thread.swift",
  ]
  private static let models = ["fork", "threads", "dispatch"]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.2)
  }

  var question: Question {
    Question(
      "Three models start \(bench.workers) workers that have nothing to do, over and over in one process. fork keeps its "
        + "processes and sends them orders. threads creates threads and joins them. dispatch reuses the threads of a pool. "
        + "Which one is fastest?" + bench.shortageNote,
      .choice(Self.models))
  }

  func findings() throws -> Findings {
    let single = Configuration(model: "single", workload: "sum", workers: 1, upTo: upTo)
    let sums = Self.models.map {
      Configuration(model: $0, workload: "sum", workers: bench.workers, upTo: upTo)
    }
    let empty = Self.models.map {
      Configuration(model: $0, workload: "empty", workers: bench.workers, upTo: 0, repetitions: 200)
    }
    let samples = try bench.measure([single] + sums + empty)
    let (summed, nothing) = (Array(samples[1...3]), Array(samples[4...6]))
    let order = nothing.indices.sorted { nothing[$0].time < nothing[$1].time }
    return Findings(
      answer: Self.fastest(nothing).map { Double($0 + 1) },
      passages: [
        .heading("Time to start and join workers without work, after the first time"),
        .drawing(TextBars(zip(Self.models, nothing).map { .init($0, $1.time, $1.duration) })),
        .heading("Adding 0…\(Readable.round(upTo)): speedup over one worker"),
        .drawing(
          TextBars(
            zip(Self.models, summed).map { model, sample in
              let speedup = samples[0].time / sample.time
              return .init(model, speedup, Readable.fixed(speedup, decimals: 2))
            })),
        .heading("The workers of dispatch"), .drawing(TextGantt(summed[2].middle.report)),
        .paragraph(TextGantt.legend),
      ], explanation: explanation(order.map { (Self.models[$0], nothing[$0]) }, summed))
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
    let spread = (summed.map(\.time).max() ?? 0) / max(1, summed.map(\.time).min() ?? 1)
    let work =
      spread < 1.3
      ? "With real work the difference hardly shows: the slowest took \(Readable.percent(spread - 1)) longer."
      : """
      With real work the difference should hardly show. The slowest took \(figure(spread))× as long as the fastest, \
      probably because of other programs or the cost of starting \(bench.workers) workers for so little work.
      """
    return """
      The threads of a process share its memory, so nothing has to be sent. \(comparison) Creating and joining threads \
      takes system calls for every worker, every time. A pool keeps its threads: they look for more work for a moment \
      before they sleep, and are woken later. A forked process waits for an order in a pipe, which takes system calls on \
      both sides. \(work)
      """
  }
}

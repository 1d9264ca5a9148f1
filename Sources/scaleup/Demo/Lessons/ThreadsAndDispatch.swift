import Analysis
import Formatting
import Records
import Report

/// Workers that share a process need no pipes. What tells them apart is what it costs to have them.
struct ThreadsAndDispatch: Lesson {
  static let name = "threads"
  static let title = "threads and Dispatch: what it costs to have workers"
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
      "Three models give \(bench.workers) workers nothing to do, again and again in one process: fork keeps its "
        + "processes from one time to the next and sends them orders, threads creates threads and waits for their end, "
        + "dispatch hands iterations to threads that Dispatch keeps in a pool. Which of them is through "
        + "soonest?" + bench.shortage,
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
      answer: Self.soonest(nothing).map { Double($0 + 1) },
      passages: [
        .heading("a time through with nothing to do, after the first"),
        .drawing(TextBars(zip(Self.models, nothing).map { .init($0, $1.time, $1.duration) })),
        .heading("adding 0…\(Readable.round(upTo)): times as fast as one worker"),
        .drawing(
          TextBars(
            zip(Self.models, summed).map { model, sample in
              let speedup = samples[0].time / sample.time
              return .init(model, speedup, Readable.fixed(speedup, decimals: 2))
            })),
        .heading("the workers of dispatch at it"), .drawing(TextGantt(summed[2].middle.report)),
        .paragraph(TextGantt.legend),
      ], explanation: explanation(order.map { (Self.models[$0], nothing[$0]) }, summed))
  }

  /// Which of some is plainly faster than any other; `nil` where none is.
  static func soonest(_ samples: [MeasuredConfiguration]) -> Int? {
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
      \(first.model) is through soonest; \(second.model) takes \
      \(figure(second.sample.time / first.sample.time)) times as long.
      """
      : "\(first.model) and \(second.model) cannot be told apart in this measurement."
    let spread = (summed.map(\.time).max() ?? 0) / max(1, summed.map(\.time).min() ?? 1)
    let work =
      spread < 1.3
      ? "With real work little of it is seen: the slowest of the three took \(Readable.percent(spread - 1)) longer."
      : """
      With real work little of it should be seen; that the slowest took \(figure(spread)) times as long as the fastest is \
      more likely the doing of other programs, or of starting \(bench.workers) workers for so little work.
      """
    return """
      All workers of a process see the same memory: nothing has to be sent, only somebody to be found who does the work. \
      \(comparison) Creating and joining a thread takes calls of the system for every worker each time; a pool keeps its \
      threads, lets them look out for more work for a moment, and wakes them later; a process that was forked before waits \
      for an order in a pipe, which takes calls of the system on both sides. \(work)
      """
  }
}

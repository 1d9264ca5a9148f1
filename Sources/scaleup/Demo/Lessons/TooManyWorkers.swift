import Analysis
import Formatting
import Records
import Report

/// More workers than cores take turns, and every turn is a context switch.
struct TooManyWorkers: Lesson {
  static let name = "oversubscribed"
  static let title = "more workers than cores: context switches and their cost"
  static let files = ["Benchmarks/Threads/Threads.swift"]
  private static let factors = [1, 4, 16, 64]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.5)
  }

  private var counts: [Int] {
    Set(Self.factors.map { min(4096, $0 * bench.cpus) }).sorted()
  }

  var question: Question {
    Question(
      "The sum 0…\(Readable.round(upTo)) is divided among as many threads as there are CPUs, \(bench.cpus), and then "
        + "among \(counts.last ?? 0). How many percent longer does it take with so many?",
      .number(unit: "%"))
  }

  func findings() throws -> Findings {
    let samples = try bench.measure(
      counts.map { Configuration(model: "threads", workload: "sum", workers: $0, upTo: upTo) })
    let rows = zip(counts, samples).map { count, sample in
      [
        "\(count)", sample.duration, "\(switches(sample))",
        Readable.duration(nanoseconds: sample.middle.cpuTime ?? .nan),
      ]
    }
    return Findings(
      answer: (samples[samples.count - 1].time / samples[0].time - 1) * 100,
      passages: [
        .drawing(TextTable(["threads", "time", "context switches", "CPU time of all"], rows)),
        .heading("\(counts[1]) threads"), .drawing(TextGantt(samples[1].middle.report, of: "thread")),
        .paragraph(TextGantt.legend),
      ], explanation: explanation(samples))
  }

  private func explanation(_ samples: [MeasuredConfiguration]) -> String {
    let (one, many) = (samples[0], samples[samples.count - 1])
    let switches = switches(many) - switches(one)
    let cpuTime = (many.middle.cpuTime ?? .nan) - (one.middle.cpuTime ?? .nan)
    let more =
      switches > 0
      ? "There were \(switches) more of them with \(counts.last ?? 0) threads."
      : "Here there were not even more of them: threads with so little to do were done within their first turn."
    let price =
      switches > 0 && cpuTime > 0
      ? """
      All threads together used \(Readable.duration(nanoseconds: cpuTime)) more of CPU time: that is \
      \(Readable.duration(nanoseconds: cpuTime / Double(switches))) for a switch, with the creation of the threads and all \
      noise in it.
      """
      : "The CPU time of all threads together did not grow: a switch costs less than the noise of this measurement."
    return """
      A core carries out one thread at a time. With more threads than cores the system lets each run for some milliseconds, \
      then stores its registers and lets another go on: a context switch. \(more) \(verdict(one, many)) \(price) Where \
      threads do nothing but compute, too many of them cost little. They cost more where each finds its memory gone from \
      the caches after its pause, or holds a lock while it does not run; and they gain nothing where the cores were busy \
      already.
      """
  }

  /// The context switches of the trial with the median time.
  private func switches(_ sample: MeasuredConfiguration) -> Int { Int(sample.middle.contextSwitches ?? 0) }

  private func verdict(_ one: MeasuredConfiguration, _ many: MeasuredConfiguration) -> String {
    if one.isPlainlyFaster(than: many) { return "It took longer, in every trial." }
    if many.isPlainlyFaster(than: one) {
      return """
        It took less time even so: where other programs want the cores too, many threads get the larger part of them, and \
        what one of many leaves undone is little.
        """
    }
    return "Whether it took longer cannot be told: the trials of the one overlap with those of the other."
  }
}

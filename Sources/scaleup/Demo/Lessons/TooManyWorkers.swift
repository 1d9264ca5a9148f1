import Analysis
import Formatting
import Records
import Report

/// Measures the cost of context switches with more threads than cores.
struct TooManyWorkers: Lesson {
  static let name = "oversubscribed"
  static let title = "Too many workers: context switches and their cost"
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
      "A program may use \(Readable.count(bench.cpus, "CPU")) here. We add the numbers 0…\(Readable.round(upTo)) with "
        + "\(Readable.count(bench.cpus, "thread")), then with \(counts.last ?? 0). How much longer does it take with "
        + "\(counts.last ?? 0), in percent?",
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
        .drawing(TextTable(["threads", "time", "context switches", "total CPU time"], rows)),
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
      ? "With \(counts.last ?? 0) threads there were \(switches) more of them."
      : "There were no more of them here: threads with so little work finished within their first time slice."
    let price =
      switches > 0 && cpuTime > 0
      ? """
      All threads together used \(Readable.duration(nanoseconds: cpuTime)) more CPU time. That is \
      \(Readable.duration(nanoseconds: cpuTime / Double(switches))) per switch, including the creation of the threads and \
      all noise.
      """
      : "The total CPU time did not grow: a switch costs less than the noise of this measurement."
    return """
      A core executes one thread at a time. With more threads than cores, the system lets each run for a few milliseconds, \
      then saves its registers and resumes another: a context switch. \(more) \(verdict(one, many)) \(price) Threads that \
      only compute cost little, even if there are too many. They cost more if their data leaves the caches while they \
      wait, or if they hold a lock then. They gain nothing if the cores are busy already.
      """
  }

  /// The context switches of the trial with the median time.
  private func switches(_ sample: MeasuredConfiguration) -> Int { Int(sample.middle.contextSwitches ?? 0) }

  private func verdict(_ one: MeasuredConfiguration, _ many: MeasuredConfiguration) -> String {
    if one.isPlainlyFaster(than: many) { return "Every trial took longer." }
    if many.isPlainlyFaster(than: one) {
      return """
        Every trial took less time: if other programs compete for the cores, many threads get a larger share of them, and a \
        delayed thread has little work left.
        """
    }
    return "The trials of both overlap, so it is not clear whether more threads took longer."
  }
}

import Analysis
import Formatting
import Platform
import Records
import Report

/// Measures the cost of context switches with more threads than cores.
struct TooManyWorkers: Lesson {
  static let name = "oversubscribed"
  static let title = "Too many workers: context switches and their cost"
  static let files = ["Benchmarks/Threads/Threads.swift", "Benchmarks/Experiments/Switching.swift"]
  private static let factors = [1, 4, 16, 64]
  /// The kernels of the experiment, and the memory that each thread reads.
  private static let memories = [("0KiB", "none"), ("64KiB", "64 KiB"), ("512KiB", "512 KiB")]

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
    let costs = try switchCosts()
    return Findings(
      answer: (samples[samples.count - 1].time / samples[0].time - 1) * 100,
      passages: [
        .drawing(TextTable(["threads", "time", "context switches", "total CPU time"], rows)),
        .heading("\(counts[1]) threads"), .drawing(TextGantt(samples[1].middle.report, of: "thread")),
        .paragraph(TextGantt.legend),
      ] + Self.passages(costs), explanation: explanation(samples, costs))
  }

  /// The memory that a thread reads between two switches, and the cost of a switch in nanoseconds; `nil` if it cannot be
  /// distinguished from zero.
  private typealias SwitchCost = (memory: String, time: Double?)

  /// Measures a context switch: a byte passed between two threads on one CPU, less the same work in one thread.
  ///
  /// - Returns: The cost by memory; empty if this system does not keep threads on one CPU.
  private func switchCosts() throws -> [SwitchCost] {
    guard Processor.canBind else { return [] }
    return try Self.memories.map { kernel, memory in
      var two = Configuration(model: "experiment", workload: "switching", kernel: kernel, workers: 2)
      let last = try bench.amount(of: two, taking: 0.1)
      two.upTo = last
      var one = two
      one.workers = 1
      let samples = try bench.measure([one, two])
      return (
        memory,
        samples[0].isPlainlyFaster(than: samples[1])
          ? (samples[1].time - samples[0].time) / (Double(last) + 1) : nil
      )
    }
  }

  private static func passages(_ costs: [SwitchCost]) -> [Passage] {
    if costs.isEmpty { return [] }
    return [
      .heading("One context switch, by the memory that each thread reads before it"),
      .drawing(
        TextBars(
          costs.map {
            .init(
              $0.memory, $0.time ?? 0, $0.time.map(Readable.duration(nanoseconds:)) ?? "too short to measure")
          })),
    ]
  }

  private func explanation(_ samples: [MeasuredConfiguration], _ costs: [SwitchCost]) -> String {
    let (one, many) = (samples[0], samples[samples.count - 1])
    let switches = switches(many) - switches(one)
    let more =
      switches > 0
      ? "With \(counts.last ?? 0) threads there were \(switches) more of them."
      : "There were no more of them here: threads with so little work finished within their first time slice."
    return """
      A core executes one thread at a time. With more threads than cores, the system lets each run for a few milliseconds, \
      then saves its registers and resumes another: a context switch. \(more) \(verdict(one, many)) \
      \(Self.price(costs, switches: switches, time: many.time * Double(bench.cpus))) Threads that only compute cost little, \
      even if there are too many. They cost more if their data leaves the caches while they wait, or if they hold a lock \
      then. They gain nothing if the cores are busy already.
      """
  }

  /// Returns sentences about the cost of a switch and of all of them.
  ///
  /// - Parameters:
  ///   - switches: The number of additional switches.
  ///   - time: The time of all cores together, in nanoseconds.
  static func price(_ costs: [(memory: String, time: Double?)], switches: Int, time: Double) -> String {
    guard let least = costs.first?.time else {
      return costs.isEmpty
        ? "The cost of one switch cannot be measured here, because this system does not keep threads on one core."
        : "The cost of one switch cannot be distinguished from the noise of this measurement."
    }
    let bare =
      "One switch took \(Readable.duration(nanoseconds: least)), measured by passing a byte between two threads on one core"
    let full = costs.last.flatMap { last in
      last.time.map {
        ", and \(Readable.duration(nanoseconds: $0)) if each thread reads \(last.memory) in between"
      }
    }
    let all = Double(max(0, switches)) * least
    let total =
      switches > 0
      ? " At that price, \(switches) switches take \(Readable.duration(nanoseconds: all)), \(Readable.percent(all / time)) of the time of all cores."
      : ""
    return "\(bare)\(full ?? "").\(total)"
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

import Analysis
import Formatting
import Records
import Report

/// Shows that one utilization figure, a mean over cores and time, hides full cores.
struct HalfBusy: Lesson {
  static let name = "half-busy"
  static let title = "Half busy: every core half the time, or half of them"
  static let files = ["Sources/Workloads/Pacing.swift", "Sources/Workloads/Stress.swift"]

  private let bench: Bench
  /// The duration of each measurement, in nanoseconds.
  private let duration: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    duration = UInt64(bench.time(seconds: 2) * 1e9)
  }

  private var half: Int { max(1, bench.cpus / 2) }

  var question: Question {
    Question(
      "One worker per CPU is busy half of the time: stress --load 50 with \(Readable.count(bench.cpus, "worker")). What is "
        + "the utilization of \(Readable.count(bench.cpus, "CPU")), in percent?"
        + (bench.cpus == 1
          ? " (With several CPUs, half of them could also be busy all of the time.)"
          : ""),
      .number(unit: "%"))
  }

  func findings() throws -> Findings {
    let paced = Configuration(
      model: "threads", workload: "stress", workers: bench.cpus, duration: duration, load: 50)
    let full = Configuration(
      model: "threads", workload: "stress", workers: half, duration: duration)
    let samples = try bench.measure(bench.cpus > 1 ? [paced, full] : [paced], rounds: 1)
    let names = [
      "\(Readable.count(bench.cpus, "worker")), busy half of the time",
      "\(Readable.count(half, "worker")), busy all of the time",
    ]
    return Findings(
      answer: utilization(samples[0]) * 100,
      passages: zip(names, samples).flatMap { name, sample -> [Passage] in
        let rate = sample.middle.rate
        let title =
          "\(name): \(Readable.percent(utilization(sample))) utilization, \(Readable.large(rate)) operations/s"
        return [.heading(title)]
          + (sample.middle.process?.activity?.cores.map { [.drawing(TextCores($0))] } ?? [])
      }, explanation: explanation(samples))
  }

  private func utilization(_ sample: MeasuredConfiguration) -> Double { sample.middle.utilization ?? .nan }

  private func explanation(_ samples: [MeasuredConfiguration]) -> String {
    let paced = utilization(samples[0])
    let lack =
      paced < 0.45
      ? """
      It is less than half because the workers did not get a core when they needed one, or because the machine was slow to \
      wake them.
      """ : ""
    let comparison = samples.count > 1 ? comparison(paced, utilization(samples[1])) : ""
    return """
      About every 20 ms, each worker computes until it has used half of the time, and then sleeps. The system counts the CPU \
      time; \(Readable.percent(paced)) is the mean over all CPUs. \(lack) \(comparison) A target of 50 % for a whole machine \
      says nothing about single cores, or about moments shorter than the monitor's interval. Look at every core, and at \
      short intervals, before you call a machine half empty.
      """
  }

  /// Compares half of the time on every core with all of the time on half of the cores.
  private func comparison(_ paced: Double, _ full: Double) -> String {
    let part = Double(half) / Double(bench.cpus)
    let reading = "\(Readable.count(half, "worker")) without pauses reached \(Readable.percent(full))."
    if (full - part).magnitude > 0.05 {
      return """
        \(reading) On an idle machine that would be \(Readable.percent(part)): other programs took a part of the cores, and \
        the pictures include them.
        """
    }
    if (paced - full).magnitude > 0.1 {
      return
        "\(reading) The two differ because \(half) of \(bench.cpus) CPUs is not half, or the machine was not idle."
    }
    return """
      \(reading) A monitor with one number for the machine shows the same for both, but they differ. In the first case \
      every core has capacity left. In the second, \(Readable.count(half, "core")) had none, and a single-threaded program \
      there would gain nothing from the idle ones. (If the system moves a worker between cores, even the picture hides \
      this.)
      """
  }
}

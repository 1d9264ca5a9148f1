import Analysis
import Formatting
import Records
import Report

/// A utilization is a mean over cores and over time, and hides which of them was full.
struct HalfBusy: Lesson {
  static let name = "half-busy"
  static let title = "half busy: all cores half the time, or half of them always"
  static let files = ["Sources/Workloads/Pacing.swift", "Sources/Workloads/Stress.swift"]
  /// How long each way is watched, in nanoseconds.
  private static let duration: UInt64 = 2_000_000_000

  private let bench: Bench

  init(_ bench: Bench) throws {
    self.bench = bench
  }

  private var half: Int { max(1, bench.cpus / 2) }

  var question: Question {
    Question(
      "A worker on every CPU is told to be busy for half of the time: stress --load 50 with "
        + "\(Readable.count(bench.cpus, "worker")). What utilization of \(Readable.count(bench.cpus, "CPU")) does that make?"
        + (bench.cpus == 1
          ? " (With one CPU there is no other way to be half busy; with more, half of them could be busy all of the time.)"
          : ""),
      .number(unit: "%"))
  }

  func findings() throws -> Findings {
    let paced = Configuration(
      model: "threads", workload: "stress", workers: bench.cpus, duration: Self.duration, load: 50)
    let full = Configuration(
      model: "threads", workload: "stress", workers: half, duration: Self.duration)
    let samples = try bench.measure(bench.cpus > 1 ? [paced, full] : [paced], rounds: 1)
    let names = [
      "\(Readable.count(bench.cpus, "worker")), each half of the time",
      "\(Readable.count(half, "worker")), all of the time",
    ]
    return Findings(
      answer: utilization(samples[0]) * 100,
      passages: zip(names, samples).flatMap { name, sample -> [Passage] in
        let rate = sample.middle.rate
        let title =
          "\(name): \(Readable.percent(utilization(sample))) used, \(Readable.large(rate)) operations/s"
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
      That it is less than a half shows that the workers did not get the cores when they wanted them, or that the machine was \
      slow to wake them.
      """ : ""
    let comparison = samples.count > 1 ? comparison(paced, utilization(samples[1])) : ""
    return """
      Each worker computes until its CPU time has caught up with half of the time gone, and sleeps for the rest of every \
      fiftieth of a second; the system counts what they used, and \(Readable.percent(paced)) is the mean over all CPUs. \
      \(lack) \(comparison) A target of 50 % for a whole machine says nothing about any core, and nothing about moments \
      shorter than the monitor's: look at every core, and at the shortest times, before you call a machine half empty.
      """
  }

  /// Half of the time on every core beside all of the time on half of them.
  private func comparison(_ paced: Double, _ full: Double) -> String {
    let part = Double(half) / Double(bench.cpus)
    let reading = "\(Readable.count(half, "worker")) without a pause came to \(Readable.percent(full))."
    if (full - part).magnitude > 0.05 {
      return """
        \(reading) Alone on the machine that would be \(Readable.percent(part)): other programs took a part of the cores, \
        and the pictures show these too.
        """
    }
    if (paced - full).magnitude > 0.1 {
      return
        "\(reading) That the two differ is because \(half) of \(bench.cpus) is no half, or the machine was not idle."
    }
    return """
      \(reading) A monitor that shows one number for the machine cannot tell the two apart, and they are not the same: in \
      the first there is room on every core; in the second \(Readable.count(half, "core")) had none left, and a program of \
      one thread would gain nothing from those that idle. (Where the system moves a worker from core to core, even the \
      picture of the cores hides it.)
      """
  }
}

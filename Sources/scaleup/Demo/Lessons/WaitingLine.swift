import Analysis
import Formatting
import Queueing
import Records
import Report

/// Measures the latency of a server by its load, and holds it against the formulas of queues and against Little's law.
struct WaitingLine: Lesson {
  static let name = "queueing"
  static let title = "Queueing: latency at 50, 80 and 95 % load"
  static let files = [
    "Sources/Queueing/GeneralServiceQueue.swift", "Sources/Queueing/MultiServerQueue.swift",
    "Sources/Records/Load/LittlesLaw.swift",
  ]

  private static let path = "/api/5e6"
  private static let loads = [0.5, 0.8, 0.95]

  private let bench: Bench
  /// The answers per second that the server gives at most.
  private let capacity: Double

  init(_ bench: Bench) throws {
    self.bench = bench
    let trial = try bench.measure(
      [Self.configuration(Traffic(path: Self.path, connections: 4), bench.serviceTime(seconds: 1.5))],
      rounds: 1,
      toleratesLoad: true)[0].middle
    capacity = max(1, trial.answerRate ?? 1)
  }

  private static func configuration(_ traffic: Traffic, _ duration: UInt64) -> Configuration {
    Configuration(model: "single", workload: "serve", workers: 1, duration: duration, traffic: traffic)
  }

  var question: Question {
    let note = bench.cpus > 1 ? "" : " (With one CPU, the load generator takes a part of it.)"
    return Question(
      "A server with one worker needs \(Readable.duration(nanoseconds: 1e9 / capacity)) for each request, so it answers at "
        + "most \(figure(capacity)) per second. Requests arrive at random, first at half of that rate, then at 95 % of it. How "
        + "many times as long is the mean latency at 95 %?\(note)",
      .factor)
  }

  /// A load, and what was measured and computed for it. Times are in nanoseconds.
  struct Sample {
    /// The asked part of the capacity.
    let load: Double
    /// The arrivals per second, as asked.
    let rate: Double
    /// The CPU time per request.
    let demand: Double
    let mean: Double
    let p99: Double
    /// The mean number of requests at the server, as counted, and by Little's law.
    let inFlight: Double
    let byLaw: Double

    /// The utilization by the asked arrivals and the CPU time per request.
    var utilization: Double { rate * demand / 1e9 }
    /// The mean latency if all requests need the same time: M/D/1.
    var constant: Double {
      GeneralServiceQueue(rate: rate, serviceTime: demand / 1e9, secondMoment: demand * demand / 1e18)
        .map { $0.meanResponse * 1e9 } ?? .infinity
    }
    /// The mean latency if the time that requests need is exponential: M/M/1.
    var exponential: Double {
      MultiServerQueue(servers: 1, load: utilization, serviceTime: demand).map(\.meanResponse) ?? .infinity
    }
  }

  func findings() throws -> Findings {
    let duration = bench.serviceTime(seconds: 3.5)
    let measured = try bench.measure(
      Self.loads.map {
        Self.configuration(
          Traffic(path: Self.path, rate: max(1, ($0 * capacity).rounded()), connections: 512), duration)
      }, rounds: 1, toleratesLoad: true)
    let samples = zip(Self.loads, measured).map(Self.sample)
    let results = Results(samples: samples, foreignLoad: DisturbedLesson(measured)?.foreignLoad)
    let rows = samples.map { sample in
      [
        Readable.percent(sample.load), figure(sample.rate), Readable.percent(sample.utilization),
      ] + [sample.mean, sample.constant, sample.exponential, sample.p99].map(Self.time)
        + [figure(sample.inFlight), figure(sample.byLaw)]
    }
    return Findings(
      answer: results.ratio,
      passages: [
        .heading("Mean latency, measured and by formula; requests at the server, counted and λW"),
        .drawing(
          TextTable(["load", "per s", "busy", "mean", "M/D/1", "M/M/1", "p99", "counted", "λW"], rows)),
        .heading("Mean latency"),
        .drawing(
          TextBars(
            samples.flatMap { sample -> [TextBars.Bar] in
              let load = "\(Readable.fixed(sample.load * 100, decimals: 0)) %"
              return [
                .init("\(load), measured", sample.mean, Self.time(sample.mean)),
                .init("\(load), M/D/1", sample.constant, Self.time(sample.constant)),
              ]
            })),
      ], explanation: Self.explanation(results))
  }

  private static func sample(_ load: Double, _ measured: MeasuredConfiguration) -> Sample {
    let traffic = measured.middle.report.traffic
    let law = traffic?.littlesLaw
    return Sample(
      load: load, rate: measured.configuration.traffic?.rate ?? .nan, demand: measured.time,
      mean: traffic?.latency.mean ?? .nan,
      p99: traffic?.latency.time(atPercentile: 99).map { Double($0) } ?? .nan,
      inFlight: law?.meanInFlight ?? .nan, byLaw: law.map { $0.rate * Double($0.meanTime) / 1e9 } ?? .nan)
  }

  private static func time(_ nanoseconds: Double) -> String {
    nanoseconds.isFinite ? Readable.duration(nanoseconds: nanoseconds) : "∞"
  }

  /// The samples by load, and the cores that other programs kept busy; `nil` if they disturbed nothing.
  struct Results {
    let samples: [Sample]
    let foreignLoad: Double?

    /// The mean latency at the greatest load over that at the least; `nil` if other programs disturbed a trial.
    var ratio: Double? {
      let ratio = samples[samples.count - 1].mean / samples[0].mean
      return foreignLoad == nil && ratio.isFinite ? ratio : nil
    }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let (first, last) = (results.samples[0], results.samples[results.samples.count - 1])
    return """
      A request waits if it finds others, and random arrivals come in groups. With utilization ρ and a time S for each request, the \
      mean latency is S (1 + ρ / (2 (1 − ρ))) if S is always the same, as here (M/D/1, Pollaczek and Khinchine), and S / (1 − ρ) if S \
      is exponential (M/M/1). Both grow without limit as ρ approaches 1. From \(Readable.percent(first.utilization)) to \
      \(Readable.percent(last.utilization)) of a core the load grew \(figure(last.rate / first.rate))×, and the mean latency \
      \(figure(last.mean / first.mean))×. \(verdict(results)) \(law(results)) \
      So nobody runs a service at 95 %: the last cores are paid for with latency, and a small error in the forecast of the load is a \
      large one in the latency.
      """
  }

  private static func verdict(_ results: Results) -> String {
    if let load = results.foreignLoad {
      return """
        Other programs kept about \(Readable.fixed(load, decimals: 1)) cores busy, so requests also waited for the CPU, which no \
        formula knows: the latencies say little about the queue.
        """
    }
    let sample = results.samples[results.samples.count - 1]
    if sample.utilization >= 1 {
      return """
        At the greatest load more arrived than the server could do, so the queue grew until the end, and the formulas are \
        infinite.
        """
    }
    let near = results.samples.dropLast().map { $0.mean / $0.constant }
    let isNear = near.allSatisfy { (0.75...1.35).contains($0) }
    let last = sample.mean / sample.constant
    let end =
      (0.6...1.6).contains(last)
      ? "and at the greatest load within a factor of \(figure(max(last, 1 / last)))"
      : "but not at the greatest load (\(figure(last))×), where a queue needs minutes to show its mean, and 1 % of utilization changes it by a fifth"
    return isNear
      ? "Measured and M/D/1 agree at the lower loads, \(end)."
      : "Measured and M/D/1 differ: the network and the system take time that S does not count, or the clock rate changed."
  }

  private static func law(_ results: Results) -> String {
    let ratios = results.samples.map { $0.inFlight / $0.byLaw }
    let isHeld = ratios.allSatisfy { (0.95...1.05).contains($0) }
    return isHeld
      ? "Little's law L = λW (1961) held each time: it needs no assumption about arrivals or service, and so checks the counting."
      : """
      Little's law L = λW (1961) was off by up to \
      \(Readable.percent(ratios.map { ($0 - 1).magnitude }.max() ?? 0)): requests were still in the queue when the counting began or ended.
      """
  }
}

import Analysis
import Formatting
import Records
import Report

/// Predicts the rate of a server from the CPU time of a request, and measures it.
struct PaperCapacity: Lesson {
  static let name = "capacity"
  static let title = "Capacity: paper math against measurement"
  static let files = [
    "Sources/Analysis/MeasuredTrial+Service.swift", "Sources/Load/Generator/GeneratorThread.swift",
  ]

  private static let path = "/api/1e6"
  private static let clients = 16
  /// The utilizations that are predicted, and then measured.
  private static let utilizations = [0.25, 0.5, 0.75]

  private let bench: Bench
  /// The CPU time per request with one client, in nanoseconds.
  private let demand: Double

  init(_ bench: Bench) throws {
    self.bench = bench
    demand = try bench.measure(
      [Self.configuration(bench, Traffic(path: Self.path, connections: 1))], rounds: 1, toleratesLoad: true
    )[0].time
  }

  private static func configuration(_ bench: Bench, _ traffic: Traffic) -> Configuration {
    Configuration(
      model: "single", workload: "serve", workers: 1, duration: bench.serviceTime(seconds: 1.5),
      traffic: traffic)
  }

  var question: Question {
    let note =
      bench.cpus > 1 ? "" : " (A program may use only 1 CPU here, so the load generator takes a part of it.)"
    return Question(
      "A server with one worker adds up a million numbers for each request. One client asked again and again, and a request took "
        + "\(Readable.duration(nanoseconds: demand)) of CPU time. How many requests per second does the server answer at most, if "
        + "\(Self.clients) clients ask?\(note)",
      .number(unit: "requests/s"))
  }

  /// A rate that was asked for, and what the server did.
  struct Sample {
    /// The utilization by the law; `nil` if the clients asked for as much as they could get.
    let predicted: Double?
    /// The cores that the server kept busy.
    let utilization: Double
    /// The correct answers per second.
    let rate: Double
    /// The CPU time per request in nanoseconds.
    let demand: Double
    let latencies: [String]
    /// Whether the load generator ran out of CPU time.
    let isBoundByGenerator: Bool

    init(_ sample: MeasuredConfiguration, predicted: Double?) {
      self.predicted = predicted
      (utilization, rate) = (sample.middle.serverCores ?? .nan, sample.middle.answerRate ?? .nan)
      (demand, latencies) = (sample.time, [50, 99].map(sample.latency))
      isBoundByGenerator = sample.middle.limit == .generator
    }

    /// Makes a sample of known values.
    init(
      predicted: Double?, utilization: Double, rate: Double, demand: Double, latencies: [String],
      isBoundByGenerator: Bool = false
    ) {
      (self.predicted, self.utilization, self.rate) = (predicted, utilization, rate)
      (self.demand, self.latencies, self.isBoundByGenerator) = (demand, latencies, isBoundByGenerator)
    }
  }

  func findings() throws -> Findings {
    let offered = Self.utilizations.map {
      Traffic(path: Self.path, rate: max(1, ($0 * 1e9 / demand).rounded()), connections: 256)
    }
    let all = offered + [Traffic(path: Self.path, connections: Self.clients)]
    let measured = try bench.measure(
      all.map { Self.configuration(bench, $0) }, rounds: 1, toleratesLoad: true)
    let samples = zip(measured, Self.utilizations.map(Optional.some) + [nil]).map {
      Sample($0, predicted: $1)
    }
    let rows = zip(all, samples).map { traffic, sample -> [String] in
      [
        traffic.rate.map { figure($0) } ?? "all they can",
        sample.predicted.map { Readable.percent($0) } ?? "100 %", Readable.percent(sample.utilization),
        figure(sample.rate), Readable.duration(nanoseconds: sample.demand),
      ] + sample.latencies
    }
    let most = samples[samples.count - 1]
    return Findings(
      answer: most.isBoundByGenerator ? nil : most.rate,
      passages: [
        .heading("One worker, \(Self.path)"),
        .drawing(
          TextTable(["asked/s", "by law", "busy", "answers/s", "CPU/request", "p50", "p99"], rows)),
        .heading("Answers per second at most"),
        .drawing(
          TextBars([
            .init("by the law, 1 / D", 1e9 / demand, figure(1e9 / demand)),
            .init("measured", most.rate, figure(most.rate)),
          ])),
      ], explanation: Self.explanation(samples, demand: demand))
  }

  /// Returns the explanation.
  ///
  /// - Parameters:
  ///   - samples: Those at the predicted utilizations, then that of as many requests as can be answered.
  ///   - demand: The CPU time per request from which they were predicted, in nanoseconds.
  static func explanation(_ samples: [Sample], demand: Double) -> String {
    let (most, offered) = (samples[samples.count - 1], samples.dropLast())
    let readings = offered.map { sample in
      "\(Readable.percent(sample.predicted ?? .nan)) by the law was \(Readable.percent(sample.utilization))"
    }.joined(separator: ", ")
    let waits =
      if let first = offered.first, let last = offered.last {
        "The law knows no waiting: the rate with p50 \(first.latencies[0]) and p99 \(first.latencies[1]) was "
          + "\(figure(first.rate)) per second; at \(figure(last.rate)) they were \(last.latencies[0]) and \(last.latencies[1])."
      } else {
        ""
      }
    return """
      The utilization law (Denning and Buzen, 1978) says U = X · D: the cores that are busy are the requests per second times the CPU \
      time of each. Here D = \(Readable.duration(nanoseconds: demand)): \(readings). One core can be busy all of the \
      time and no more, so X is at most 1 / D = \(figure(1e9 / demand)) per second. \(verdict(most, demand: demand)) \(waits) So nobody \
      plans for 100 %: a service has an objective, such as p99 ≤ 20 ms, and scaleup capacity finds the highest rate that meets it.
      """
  }

  /// Returns the sentences about the highest rate.
  private static func verdict(_ most: Sample, demand: Double) -> String {
    if most.isBoundByGenerator {
      return
        "The load generator ran out of CPU time at \(figure(most.rate)) per second, so this says nothing about the server."
    }
    let ratio = most.rate * demand / 1e9
    let reached = "Measured were \(figure(most.rate)), \(Readable.percent(ratio)) of it."
    if (0.95...1.05).contains(ratio) { return "\(reached) The paper was right." }
    let change = most.demand / demand
    if (change - 1).magnitude > 0.03, (change < 1) == (ratio > 1) {
      return """
        \(reached) With \(clients) clients a request took \(Readable.duration(nanoseconds: most.demand)) of CPU time, \
        \(Readable.percent((change - 1).magnitude)) \(change < 1 ? "less" : "more"): D is not the same under load.
        """
    }
    return "\(reached) The server was busy for \(Readable.percent(most.utilization)) of a core meanwhile."
  }
}

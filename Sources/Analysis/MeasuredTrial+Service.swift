import Records

/// The part of a service trial that ran out of CPU time, so that fewer requests were answered than offered.
public enum ServiceLimit: String, CaseIterable, Sendable {
  /// The server.
  case server
  /// The load generator: the trial says little about the server.
  case generator
  /// Neither: the requests that were offered were answered, or what held them back was not a lack of CPU time.
  case neither
}

/// The statistics of a trial of `serve`; `nil` for any other workload.
extension MeasuredTrial {
  /// The shortfall of the answers, as a fraction of the offered requests, that is not taken for a limit.
  private static let leastShortfall = 0.02

  /// The report of the load generator.
  var traffic: LoadRecord? { configuration.traffic == nil ? nil : report.traffic }

  /// Returns the CPU time of a server's process tree per correct answer, in nanoseconds, from its start to its end. Both
  /// include the warm-up. `nil` if something of it was not measured.
  static func cpuTimePerRequest(_ trial: Trial) -> Double? {
    guard let process = trial.process, let report = trial.report, report.traffic != nil,
      report.result.value > 0
    else { return nil }
    return (Double(process.userTime) + Double(process.systemTime)) / Double(report.result.value)
  }

  /// The CPU time of the server's process tree over the time for which requests were offered, with the warm-up.
  public var serverCores: Double? {
    guard let traffic, let cpuTime else { return nil }
    return traffic.serverCores(cpuTime)
  }

  /// The CPU time of the load generator over the measured time.
  public var generatorCores: Double? { traffic?.generatorCores }

  /// The correct answers per second.
  public var answerRate: Double? { traffic?.achievedRate }

  /// The part of the trial that ran out of CPU time.
  ///
  /// At an offered rate, something limits a trial if the answers fall short of the offered requests by more than 2 %, and by
  /// more than four standard deviations of a Poisson process. In a closed loop, something always does. The limit is the
  /// generator if one of its threads was busy for 0.9 of the time. Otherwise it is the server, if the server kept 0.9 of its
  /// CPUs busy, or both together 0.9 of the CPUs that they share.
  public var limit: ServiceLimit? {
    guard let traffic, let serverCores, let generatorCores else { return nil }
    if traffic.askedRate != nil, !traffic.fallsShort(by: Self.leastShortfall) { return .neither }
    if traffic.isGeneratorBusy { return .generator }
    let isShared = report.sharesCPUs ?? true
    let own = Double(min(configuration.workers, isShared ? cores : 1))
    let isFull = isShared && serverCores + generatorCores >= LoadRecord.mostBusy * Double(cores)
    return serverCores >= LoadRecord.mostBusy * own || isFull ? .server : .neither
  }

  /// The fewest answers of a worker divided by the most; 0 if a worker answered nothing, `nil` for one worker and if the
  /// answers do not name their workers.
  var answerFairness: Double? {
    guard configuration.workers > 1, let workers = traffic?.workers else { return nil }
    // A worker that was lost and replaced has the same number and another process: `1/4711`.
    let numbers = Dictionary(
      workers.map { ($0.name.prefix { $0 != "/" }, Double($0.answers)) }, uniquingKeysWith: +)
    guard let greatest = numbers.values.max(), greatest > 0 else { return nil }
    return numbers.count < configuration.workers ? 0 : (numbers.values.min() ?? 0) / greatest
  }
}

/// The load generator's measurements of a server, over the trials that count.
public struct ServiceAnalysis: Equatable, Sendable {
  /// The latencies of all trials.
  public let latency: LatencyHistogram
  /// The part that ran out of CPU time in at least half of the trials.
  public let limit: ServiceLimit
  /// Whether the server and the generator ran on the same CPUs.
  public let sharesCPUs: Bool
  /// The number of requests that failed or had no answer when the trial ended.
  public let lost: UInt64
  /// The number of requests that were sent.
  public let sent: UInt64

  /// Makes the analysis of trials; `nil` for any other workload, and if there are more latencies than a histogram can count.
  init?(_ trials: [MeasuredTrial]) {
    let loads = trials.compactMap(\.traffic)
    guard !loads.isEmpty, loads.count == trials.count else { return nil }
    var latency = LatencyHistogram()
    do throws(LatencyHistogram.TooManyTimes) {
      for load in loads { try latency.merge(load.latency) }
    } catch {
      return nil
    }
    self.latency = latency
    let limits = trials.compactMap(\.limit)
    limit =
      [ServiceLimit.generator, .server].first { part in 2 * limits.count { $0 == part } >= trials.count }
      ?? .neither
    sharesCPUs = trials.contains { $0.report.sharesCPUs != false }
    lost = loads.reduce(0) { Self.sum($0, Self.sum($1.errors.total, $1.unanswered)) }
    sent = loads.reduce(0) { Self.sum($0, $1.sent) }
  }

  private static func sum(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

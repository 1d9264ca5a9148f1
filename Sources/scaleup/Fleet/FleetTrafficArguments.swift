import Arguments
import Formatting
import Records
import Simulation

/// The options of the built-in traffic of a fleet.
struct FleetTrafficArguments {
  private static let standardPath = "/api/1e6"

  private let option: TrafficOption
  private let rate: Double?
  /// The path of the requests.
  let path: String
  let objective: LatencyObjective

  /// Whether there is traffic.
  var isGiven: Bool { option.text != nil || rate != nil }

  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Traffic (default: none, send your own)")
    option = TrafficOption(&line, peakHelp: "peak over the mean of a shape (default: 3)")
    rate = line.value(
      of: Option(
        "rate", "RATE", .decimal(in: 0.01...1e6, example: "200"),
        help: "requests, or jobs with --queue, per second of wall time: the mean of a shape, or constant"))
    let path = line.value(of: TrafficArguments.path(default: Self.standardPath))
    objective =
      line.value(
        of: CapacityArguments.slo(
          "objective: a percentile of the response times and its limit (default: p95:200ms)"))
      ?? LatencyObjective(percentile: 95, time: 200_000_000)
    self.path = path ?? Self.standardPath
    if !isGiven, path != nil {
      throw .other("--path has no effect without traffic (add --traffic step --rate 200)")
    }
    if option.peak != nil, option.text == nil {
      throw .other("--peak has no effect without --traffic (add --traffic step)")
    }
  }

  /// Returns the traffic; `nil` if there is none.
  ///
  /// - Parameter timeScale: The policy's seconds per wall second.
  /// - Throws: `UsageError`, `CommandFailure`.
  func traffic(timeScale: Double) throws -> FleetTraffic? {
    guard isGiven else { return nil }
    let rates = try option.rates(mean: rate)
    if let rates, rates.peak <= 0 {
      throw UsageError.other("the traffic has no requests (expected a rate above 0)")
    }
    return FleetTraffic(
      shape: option.text, name: option.name ?? "constant", rate: rate, peak: option.peak, rates: rates?.rates,
      interval: rates.map { $0.interval / timeScale })
  }
}

/// The built-in traffic of a fleet.
struct FleetTraffic {
  /// The shape or the file; `nil` for a constant rate.
  let shape: String?
  /// The name for the record.
  let name: String
  /// The mean rate; `nil` for that of the file.
  let rate: Double?
  /// The peak over the mean; `nil` for the default.
  let peak: Double?
  /// The requests per wall second in each interval; `nil` for a constant rate.
  let rates: [Double]?
  /// The wall seconds of an interval; `nil` for a constant rate.
  let interval: Double?

  /// The wall seconds until it ends; `nil` if it has no end.
  var duration: Double? { rates.flatMap { rates in interval.map { $0 * Double(rates.count) } } }

  /// Returns the options of the load generator.
  ///
  /// - Parameter seconds: The time that is left for it; `nil` without a limit.
  func options(seconds: Double?) -> [String] {
    func text(_ number: Double) -> String { Readable.fixed(number, decimals: 6) }
    var words: [String] = []
    if let rate { words += ["--rate", text(rate)] }
    if let peak { words += ["--peak", text(peak)] }
    if let shape, let interval { words += ["--traffic", shape, "--every", text(interval)] }
    let limit = min(seconds ?? .infinity, duration ?? 86_400)
    return words + (limit < duration ?? .infinity ? ["--seconds", text(limit)] : [])
  }
}

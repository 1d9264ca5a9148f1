import Arguments
import Formatting
import Load
import Simulation

/// The options of traffic that is sent: a shape or a file, and the real time that its intervals take.
struct TimedTraffic {
  /// The shape or file.
  let option: TrafficOption
  /// The time of an interval in nanoseconds; `nil` for its own length.
  let every: UInt64?

  /// The greatest rate that is sent: far beyond what one machine can do.
  static let mostRate = 10_000_000.0

  init(_ line: inout ArgumentLine) {
    option = TrafficOption(&line, peakHelp: "peak over the mean of a shape (default: 3)")
    every =
      line.value(
        of: Option<Seconds>(
          "every", "SECONDS", .seconds(in: 0.001...86_400, example: "1"),
          help: "time per interval of the traffic (default: its own length; of a shape, a minute)"))?
      .nanoseconds
  }

  /// Whether traffic by time is asked for.
  var isGiven: Bool { option.text != nil }

  /// Checks that no option lacks the traffic that it is about.
  ///
  /// - Throws: `UsageError`.
  func check(hasRate: Bool) throws(UsageError) {
    if !isGiven {
      for (name, isGiven) in [("peak", option.peak != nil), ("every", every != nil)] where isGiven {
        throw .other("--\(name) has no effect without --traffic (add --traffic daily)")
      }
      return
    }
    try option.checkName()
    if !option.isShape, option.peak != nil, !hasRate {
      throw .other("--peak has no effect on traffic with rates of its own (leave it out)")
    }
  }

  /// Returns the rates; `nil` without traffic.
  ///
  /// - Parameter mean: The mean rate of a shape in requests per second; `nil` if none was given.
  /// - Throws: `UsageError`, `CommandFailure`.
  func rates(mean: Double?) throws -> RequestRates? {
    guard let rates = try option.rates(mean: mean) else { return nil }
    if rates.peak <= 0 { throw UsageError.other("the traffic has no requests (expected a rate above 0)") }
    if rates.peak > Self.mostRate {
      throw UsageError.other(
        "the traffic has \(Readable.large(rates.peak)) requests/s at its peak (expected at most 10^7)")
    }
    let interval = every.map { Double($0) } ?? rates.interval * 1e9
    guard let timed = RequestRates(interval: UInt64(interval.rounded()), perSecond: rates.rates) else {
      throw UsageError.other(
        "the traffic has \(Readable.count(rates.rates.count, "interval")) of \(Readable.plain(interval / 1e9)) s, "
          + "too short or too long to send (try --every 1)")
    }
    return timed
  }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Traffic by time that needs no file, from a mean rate and a peak.
public enum TrafficShape: String, CaseIterable, Sendable {
  /// An hour at the mean rate.
  case flat
  /// A day from 40 % of the mean at 3:00 to 160 % at 15:00, with a spike to the peak from 20:00 for 10 minutes.
  case daily
  /// Half an hour at the mean rate, an hour at the peak, and half an hour at the mean.
  case step
  /// Half an hour at the mean rate, then at once the peak; the excess falls by half every 15 minutes, for 90 minutes.
  case flash
  /// A week of days without spikes but on Thursday; Saturday and Sunday have 60 % of the traffic.
  case weekly

  /// The peak over the mean unless it is given.
  public static let defaultPeak = 3.0

  /// The length in minutes.
  private var minutes: Int {
    switch self {
    case .flat: 60
    case .daily: 1440
    case .step, .flash: 120
    case .weekly: 7 * 1440
    }
  }

  /// Returns the rates of each minute.
  ///
  /// - Parameters:
  ///   - mean: The mean rate in requests per second, without spikes.
  ///   - peak: The peak over the mean, at least 1. It has no effect on `flat`.
  /// - Returns: `nil` for a mean that is not a rate.
  public func rates(mean: Double, peak: Double = defaultPeak) -> ArrivalRates? {
    ArrivalRates(interval: 60, rates: (0..<minutes).map { mean * factor(minute: $0, peak: peak) })
  }

  private func factor(minute: Int, peak: Double) -> Double {
    switch self {
    case .flat: return 1
    case .daily: return Self.day(minute, peak: peak)
    case .step: return (30..<90).contains(minute) ? peak : 1
    case .flash:
      if minute < 30 { return 1 }
      return 1 + (peak - 1) * exp2(-Double(minute - 30) / 15)
    case .weekly:
      let (day, minute) = minute.quotientAndRemainder(dividingBy: 1440)
      return Self.day(minute, peak: day == 3 ? peak : 0) * (day >= 5 ? 0.6 : 1)
    }
  }

  private static func day(_ minute: Int, peak: Double) -> Double {
    let curve = 1 + 0.6 * sin(2 * Double.pi * (Double(minute) - 540) / 1440)
    return (1200..<1210).contains(minute) ? max(peak, curve) : curve
  }
}

/// The evaluation of an alarm: periods of a metric and the number of consecutive ones in breach.
///
/// As CloudWatch does by default, a period without data neither starts nor ends an alarm.
public struct Alarm: Equatable, Sendable {
  /// The length of a period in seconds.
  public var period: Double
  /// The number of consecutive periods in breach before the alarm acts.
  public var periods: Int

  /// Creates an alarm.
  public init(period: Double = 60, periods: Int) {
    self.period = period
    self.periods = periods
  }

  /// Counts a period and returns whether the alarm acts. It acts again in each further period in breach.
  func acts(breached: Bool, _ count: inout Int) -> Bool {
    count = breached ? min(count, PolicyMemory.alarmed) + 1 : 0
    return count >= periods
  }
}

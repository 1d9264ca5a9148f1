/// Two ends between which a quantity is believed to lie.
public struct Interval: Equatable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end; at least the lower one.
  public let upper: Double

  /// The interval between two values, in whatever order they come; `nil` where one of them is not a number.
  public init?(_ one: Double, _ other: Double) {
    if one.isNaN || other.isNaN { return nil }
    (lower, upper) = (min(one, other), max(one, other))
  }

  private init(lower: Double, upper: Double) {
    (self.lower, self.upper) = (lower, upper)
  }

  /// Whether a value lies in it; its ends do.
  public func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }

  /// The interval of a quantity that is so many times as large, such as an efficiency, which is a speedup over
  /// workers.
  ///
  /// - Parameter factor: Not negative.
  public func scaled(by factor: Double) -> Interval {
    Interval(lower: lower * factor, upper: upper * factor)
  }

  /// The part of it that is possible; the nearest possible value where none of it is.
  public func clamped(to possible: ClosedRange<Double>) -> Interval {
    Interval(
      lower: min(max(lower, possible.lowerBound), possible.upperBound),
      upper: min(max(upper, possible.lowerBound), possible.upperBound))
  }
}

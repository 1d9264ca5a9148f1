/// An interval estimate of a quantity.
public struct Interval: Equatable, Sendable {
  /// The lower bound.
  public let lower: Double
  /// The upper bound, at least the lower one.
  public let upper: Double

  /// Creates the interval between two values in any order; returns `nil` if one of them is NaN.
  public init?(_ one: Double, _ other: Double) {
    if one.isNaN || other.isNaN { return nil }
    (lower, upper) = (min(one, other), max(one, other))
  }

  private init(lower: Double, upper: Double) {
    (self.lower, self.upper) = (lower, upper)
  }

  /// Returns whether the interval contains a value; both bounds are included.
  public func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }

  /// Returns the interval of a quantity multiplied by `factor`, such as an efficiency, which is a speedup
  /// divided by workers.
  ///
  /// - Parameter factor: A factor of at least 0.
  public func scaled(by factor: Double) -> Interval {
    Interval(lower: lower * factor, upper: upper * factor)
  }

  /// Returns the interval with both bounds clamped to the possible values.
  public func clamped(to possible: ClosedRange<Double>) -> Interval {
    Interval(
      lower: min(max(lower, possible.lowerBound), possible.upperBound),
      upper: min(max(upper, possible.lowerBound), possible.upperBound))
  }
}

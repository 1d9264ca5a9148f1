/// The median and the range of a sample.
public struct Spread: Equatable, Sendable {
  /// The median.
  public let median: Double
  /// The least value.
  public let minimum: Double
  /// The greatest value.
  public let maximum: Double

  /// Creates the spread of a sample; returns `nil` if the sample is empty or contains NaN.
  public init?(_ sample: [Double]) {
    guard let median = Statistics.median(sample), let minimum = sample.min(), let maximum = sample.max()
    else {
      return nil
    }
    self.median = median
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// Returns the median of a sample: its middle value, or the mean of the two middle values if their number is
/// even.
///
/// - Returns: `nil` if the sample is empty or contains NaN.
public func median(_ sample: [Double]) -> Double? {
  if sample.isEmpty || sample.contains(where: \.isNaN) { return nil }
  let sorted = sample.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

/// The middle and the ends of a sample. There is none of an empty sample.
public struct Spread: Equatable, Sendable {
  /// The median.
  public let median: Double
  /// The least value.
  public let minimum: Double
  /// The greatest value.
  public let maximum: Double

  /// The spread of a sample; `nil` of an empty one, and of one with a value that is not a number.
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

/// The value that half of a sample is at most and half is at least; the mean of the middle two where their
/// number is even.
///
/// - Returns: `nil` for an empty sample, and for one with a value that is not a number.
public func median(_ sample: [Double]) -> Double? {
  if sample.isEmpty || sample.contains(where: \.isNaN) { return nil }
  let sorted = sample.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

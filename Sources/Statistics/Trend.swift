/// A test for drift in a series, and its slope. It is robust against outliers and assumes no distribution.
public struct Trend: Equatable, Sendable {
  /// The growth of the series from one value to the next: the median of the slopes between all pairs (Theil,
  /// "A Rank-Invariant Method of Linear and Polynomial Regression Analysis" (1950); Sen, "Estimates of the
  /// Regression Coefficient Based on Kendall's Tau", JASA 63 (1968)).
  public let slope: Double
  /// The probability of a trend at least as clear as this, up or down, in a series without a trend: the
  /// two-sided test of Mann, "Nonparametric Tests Against Trend", Econometrica 13 (1945), with the variance
  /// for ties and the continuity correction of Kendall, "Rank Correlation Methods" (1975), in the normal
  /// approximation.
  public let pValue: Double

  /// The minimum number of values: no order of 3 or fewer is unlikely enough.
  public static let fewest = 4

  /// Creates the trend of equidistant values.
  ///
  /// - Returns: `nil` if there are fewer than `fewest` values, or if one is not finite.
  public init?(_ series: [Double]) {
    guard series.count >= Self.fewest, series.allSatisfy(\.isFinite) else { return nil }
    slope = Self.medianSlope(series)
    let score = Self.score(series)
    let deviation = Self.variance(series).squareRoot()
    let distance = max(0, Double(score.magnitude) - 1)
    pValue = distance == 0 ? 1 : 2 * NormalDistribution.probability(upTo: -distance / deviation)
  }

  /// Returns Kendall's S: the number of pairs whose later value is greater, minus the number of pairs whose
  /// later value is smaller.
  private static func score(_ series: [Double]) -> Int {
    var (sorted, buffer) = (series, series)
    let falls = sort(&sorted, &buffer, 0..<series.count)
    let pairs = series.count * (series.count - 1) / 2
    return pairs - tieSizes(sorted).reduce(0) { $0 + $1 * ($1 - 1) / 2 } - 2 * falls
  }

  private static func variance(_ series: [Double]) -> Double {
    func term(_ size: Int) -> Double {
      Double(size) * Double(size - 1) * Double(2 * size + 5)
    }
    return (term(series.count) - tieSizes(series.sorted()).reduce(0) { $0 + term($1) }) / 18
  }

  /// Returns the sizes of the groups of equal values.
  private static func tieSizes(_ sorted: [Double]) -> [Int] {
    var sizes: [Int] = []
    var previous = Double.nan
    for value in sorted {
      if value == previous { sizes[sizes.count - 1] += 1 } else { sizes.append(1) }
      previous = value
    }
    return sizes
  }

  /// Merge-sorts a part and returns the number of pairs in it that were in descending order (Knight, "A
  /// Computer Method for Calculating Kendall's Tau with Ungrouped Data", JASA 61 (1966)).
  private static func sort(_ values: inout [Double], _ buffer: inout [Double], _ part: Range<Int>) -> Int {
    if part.count < 2 { return 0 }
    let middle = part.lowerBound + part.count / 2
    var falls =
      sort(&values, &buffer, part.lowerBound..<middle) + sort(&values, &buffer, middle..<part.upperBound)
    var (left, right) = (part.lowerBound, middle)
    for place in part {
      if right == part.upperBound || (left < middle && values[left] <= values[right]) {
        buffer[place] = values[left]
        left += 1
      } else {
        buffer[place] = values[right]
        right += 1
        falls += middle - left
      }
    }
    for place in part { values[place] = buffer[place] }
    return falls
  }

  /// Returns the slope that leaves residuals without a trend: Sen's definition, which finds the median of all
  /// slopes without listing n² of them. The score of the residuals decreases in steps with the slope;
  /// bisection finds both ends of the interval in which it is 0. The median of an even number of slopes lies
  /// midway.
  private static func medianSlope(_ series: [Double]) -> Double {
    let steps = zip(series, series.dropFirst()).map { $1 - $0 }
    guard let least = steps.min(), let greatest = steps.max(), least < greatest else { return steps[0] }
    func end(_ isBelow: (Int) -> Bool) -> Double {
      var (low, high) = (least, greatest)
      for _ in 0..<60 {
        let middle = low + (high - low) / 2
        let residuals = series.indices.map { series[$0] - middle * Double($0) }
        if isBelow(score(residuals)) { low = middle } else { high = middle }
      }
      return low + (high - low) / 2
    }
    return (end { $0 > 0 } + end { $0 >= 0 }) / 2
  }
}

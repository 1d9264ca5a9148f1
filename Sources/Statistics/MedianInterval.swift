/// The confidence interval of a median, from the order statistics of the sample. It assumes no distribution.
///
/// The interval between the k-th value from below and the k-th from above holds the median with a probability that
/// follows from the binomial distribution. The probabilities come in steps; between two of them, both ends are
/// interpolated (Hettmansperger and Sheather, "Confidence Intervals Based on Interpolated Order Statistics", Statistics
/// & Probability Letters 4 (1986); Nyblom, "Note on Interpolated Order Statistics", the same 14 (1992)).
public struct MedianInterval: Equatable, Sendable {
  /// The fewest values: between the least and the greatest of n values, the median lies with a probability of
  /// 1 − 2^(1−n), which is 87.5 % for 4 values and 93.8 % for 5.
  public static let fewest = 5

  /// The median.
  public let median: Double
  /// The bounds.
  public let interval: Interval
  /// The confidence level: the requested one, or that of the least and the greatest value if it is lower.
  public let level: Double

  /// The precision of the median: half of the interval over the median; `nil` if the median is not above 0.
  public var precision: Double? { median > 0 ? (interval.upper - interval.lower) / 2 / median : nil }

  /// Makes the interval of the median.
  ///
  /// - Parameters:
  ///   - sample: The values, in any order.
  ///   - level: The confidence level (default: 95 %).
  ///   - widening: A factor of the distances of both ends from the median, above 1 if the values depend on one another.
  /// - Returns: `nil` if there are fewer than `fewest` values, or if one is not finite.
  public init?(_ sample: [Double], level: Double = 0.95, widening: Double = 1) {
    guard sample.count >= Self.fewest, sample.allSatisfy(\.isFinite), let middle = Statistics.median(sample)
    else {
      return nil
    }
    let sorted = sample.sorted()
    let (rank, outer, inner) = Self.rank(of: level, sorted.count)
    median = middle
    self.level = min(level, outer)
    var weight = 0.0
    if outer > level {
      let (count, k) = (Double(sorted.count), Double(rank))
      let excess = (outer - level) / (outer - inner)
      weight = (count - k) * excess / (k + (count - 2 * k) * excess)
    }
    func end(_ outer: Double, _ inner: Double) -> Double {
      let end = outer + weight * (inner - outer)
      return widening == 1 ? end : middle + widening * (end - middle)
    }
    let last = sorted.count - rank
    guard
      let interval = Interval(
        end(sorted[rank - 1], sorted[rank]), end(sorted[last], sorted[last - 1]))
    else { return nil }
    self.interval = interval
  }

  /// Returns the greatest rank k whose interval has at least the level, or 1 if none has, with the levels of the ranks
  /// k and k + 1.
  ///
  /// The level of k is the probability of k to n − k heads among n tosses of a coin. Their terms are added from the
  /// middle outwards, relative to the greatest, so that none underflows before it is too small to matter.
  private static func rank(of level: Double, _ count: Int) -> (rank: Int, outer: Double, inner: Double) {
    let middle = count / 2
    var terms = [1.0]
    for heads in stride(from: middle, to: 0, by: -1) {
      terms.append(terms[terms.count - 1] * Double(heads) / Double(count - heads + 1))
    }
    // The terms of 0 to n / 2 heads, in descending order; an odd number has two in the middle.
    let total = 2 * terms.reduce(0, +) - (count.isMultiple(of: 2) ? 1 : 0)
    var below = 0.0
    var levels: [Double] = []
    for term in terms.reversed() {
      below += term
      levels.append(1 - 2 * below / total)
    }
    // The level of rank k leaves out the terms of 0 to k − 1 heads; of the rank above the middle it is 0.
    levels[levels.count - 1] = max(0, levels[levels.count - 1])
    let rank = max(1, levels.lastIndex { $0 >= level }.map { $0 + 1 } ?? 1)
    return (rank, levels[rank - 1], rank < levels.count ? levels[rank] : 0)
  }
}

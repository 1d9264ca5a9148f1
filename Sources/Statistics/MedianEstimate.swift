#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A positive quantity, such as a time or a ratio of times, that is estimated by medians, and how exact the estimate is.
///
/// Unlike the quantiles of resamples or of ranks, Student's t has a probability for every level, so that corrections
/// for many comparisons work with as few as 5 values. All calculation is with logarithms.
public struct MedianEstimate: Equatable, Sendable {
  /// The estimated quantity.
  public let value: Double
  /// The square of the standard error of its logarithm.
  let variance: Double
  /// The degrees of freedom of Student's t.
  let degreesOfFreedom: Int

  private init(value: Double, variance: Double, degreesOfFreedom: Int) {
    (self.value, self.variance, self.degreesOfFreedom) = (value, variance, degreesOfFreedom)
  }

  /// Makes the estimate of a quantity by the median of a sample.
  ///
  /// - Parameters:
  ///   - sample: The values, in any order.
  ///   - widening: A factor of the standard error, above 1 if the values depend on one another.
  /// - Returns: `nil` if there are fewer than `MedianInterval.fewest` values, or if one is not finite and above 0.
  public init?(_ sample: [Double], widening: Double = 1) {
    guard sample.count >= MedianInterval.fewest, sample.allSatisfy({ $0 > 0 && $0.isFinite }),
      let middle = median(sample)
    else { return nil }
    let error = MedianError(sample.map { log($0 / middle) })
    self.init(
      value: middle, variance: error.variance * widening * widening, degreesOfFreedom: error.degreesOfFreedom)
  }

  /// Makes the estimate of the ratio of two quantities, each the geometric mean of the medians of several runs.
  ///
  /// The runs are the sample: how much their medians differ includes what varies from run to run and what varies within
  /// a run (Kalibera and Jones, "Rigorous Benchmarking in Reasonable Time", ISMM (2013)). Both sides are taken to vary
  /// alike ("Student", "The Probable Error of a Mean", Biometrika 6 (1908)). Three runs a side are too few to be
  /// resampled: by chance alone, all of one side are above all of the other in 10 % of comparisons.
  ///
  /// - Parameters:
  ///   - medians: The median of each run of the numerator.
  ///   - others: The median of each run of the denominator.
  /// - Returns: `nil` if there are fewer than three medians, if a side has none, or if one is not finite and above 0.
  public init?(ratioOfRuns medians: [Double], over others: [Double]) {
    let degrees = medians.count + others.count - 2
    guard degrees > 0, let mean = geometricMean(medians), let otherMean = geometricMean(others) else {
      return nil
    }
    func squares(_ medians: [Double], _ mean: Double) -> Double {
      medians.reduce(0) { $0 + log($1 / mean) * log($1 / mean) }
    }
    let squares = squares(medians, mean) + squares(others, otherMean)
    self.init(
      value: mean / otherMean,
      variance: squares / Double(degrees) * (1 / Double(medians.count) + 1 / Double(others.count)),
      degreesOfFreedom: degrees)
  }
}

extension MedianEstimate {
  /// Returns the estimate of the ratio of this quantity to another that was measured independently (Welch, "The
  /// Generalization of 'Student's' Problem when Several Different Population Variances Are Involved", Biometrika 34
  /// (1947)).
  public func over(_ other: MedianEstimate) -> MedianEstimate {
    let sum = variance + other.variance
    let spread =
      variance * variance / Double(degreesOfFreedom)
      + other.variance * other.variance / Double(other.degreesOfFreedom)
    return MedianEstimate(
      value: value / other.value, variance: sum,
      degreesOfFreedom: spread > 0 ? max(1, Int(sum * sum / spread)) : degreesOfFreedom)
  }

  /// Returns the two-sided confidence interval of the quantity.
  ///
  /// - Parameter level: The confidence level, from 0.5 to below 1.
  public func interval(level: Double) -> Interval? {
    guard let t = StudentDistribution.twoSided(level: level, degreesOfFreedom: degreesOfFreedom) else {
      return nil
    }
    let factor = exp(t * variance.squareRoot())
    return Interval(value / factor, value * factor)
  }

  /// Returns the p-value of the one-sided test of whether the quantity is greater than a limit: the probability of an
  /// estimate at least this far above it if it is not.
  public func pValue(greaterThan limit: Double) -> Double {
    pValue(of: log(value / limit))
  }

  /// Returns the p-value of the one-sided test of whether the quantity is less than a limit.
  public func pValue(lessThan limit: Double) -> Double {
    pValue(of: log(limit / value))
  }

  /// The p-value of the two-sided test of whether the quantity differs from 1.
  public var pValue: Double { min(1, 2 * min(pValue(greaterThan: 1), pValue(lessThan: 1))) }

  private func pValue(of distance: Double) -> Double {
    // Without noise, only rounding separates equal values.
    if variance <= 1e-24 { return distance > 1e-9 ? 0 : 1 }
    return StudentDistribution.probability(
      above: distance / variance.squareRoot(), degreesOfFreedom: degreesOfFreedom)
  }
}

/// Returns the geometric mean of values; `nil` if there are none, or if one is not finite and above 0.
public func geometricMean(_ values: [Double]) -> Double? {
  guard !values.isEmpty, values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
  // The logarithm of one value would not give it back exactly.
  return values.count == 1 ? values[0] : exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
}

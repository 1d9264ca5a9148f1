/// The standard error of the median of a sample: that of Maritz and Jarrett, "A Note on Estimating the Variance of the
/// Sample Median", JASA 73 (1978), which is that of a bootstrap with infinitely many resamples.
struct MedianError {
  /// The square of the standard error.
  let variance: Double
  /// The degrees of freedom of Student's t.
  ///
  /// The error rests on the values around the median, of which about √n matter. In simulations of normal, exponential,
  /// uniform and contaminated noise with 5 to 200 values, 2√n degrees of freedom (at most n − 1) kept the errors of
  /// tests at their nominal level or below, from 5 % down to 0.2 %; n − 1 did not.
  let degreesOfFreedom: Int

  /// Makes the standard error of the median of two or more values.
  init(_ sample: [Double]) {
    var (mean, square) = (0.0, 0.0)
    for (value, weight) in zip(sample.sorted(), Self.weights(sample.count)) {
      mean += weight * value
      square += weight * value * value
    }
    variance = max(0, square - mean * mean)
    degreesOfFreedom = min(sample.count - 1, Int(2 * Double(sample.count).squareRoot()))
  }

  /// Returns the weights of the sorted values: W_i is the probability of a value from (i − 1) / n to i / n in the beta
  /// distribution with both parameters (n + 1) / 2. With u = 2x − 1, u / √(1 − u²) times the root of n + 1 has Student's
  /// distribution with n + 1 degrees of freedom; for more than 200 values, the normal one is as good.
  private static func weights(_ count: Int) -> [Double] {
    let (size, degrees) = (Double(count), count + 1)
    let sums = (0...count).map { position -> Double in
      let place = 2 * Double(position) / size - 1
      if count > 200 { return NormalDistribution.probability(upTo: place * (size + 2).squareRoot()) }
      if position == 0 || position == count { return position == 0 ? 0 : 1 }
      let t = place / (1 - place * place).squareRoot() * Double(degrees).squareRoot()
      return 1 - StudentDistribution.probability(above: t, degreesOfFreedom: degrees)
    }
    return zip(sums.dropFirst(), sums).map { $0 - $1 }
  }
}

/// Returns the p-value of the two-sided test of whether the median of a sample differs from 0, by Student's t and the
/// standard error of `MedianError`.
///
/// - Returns: `nil` if there are fewer than `MedianInterval.fewest` values, or if one is not finite.
public func medianPValue(_ sample: [Double]) -> Double? {
  guard sample.count >= MedianInterval.fewest, sample.allSatisfy(\.isFinite), let middle = median(sample)
  else {
    return nil
  }
  let error = MedianError(sample)
  let deviation = error.variance.squareRoot()
  // Without noise, only rounding separates equal values.
  if deviation <= 1e-12 { return middle.magnitude > 1e-9 ? 0 : 1 }
  return 2
    * StudentDistribution.probability(
      above: middle.magnitude / deviation, degreesOfFreedom: error.degreesOfFreedom)
}

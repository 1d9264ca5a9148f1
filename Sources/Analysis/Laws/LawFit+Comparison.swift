import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension LawFit {
  /// Returns whether the law describes the points better than another, beyond chance.
  ///
  /// The universal scalability law contains Amdahl's (β = 0) and therefore always fits at least as well: it is better
  /// if its further coefficient passes the F test at 1 %; Amdahl's, being simpler, is if it fails even at 10 %. Of
  /// other pairs, a law is better if the residual variances differ by an F test at 5 %. With as many degrees of
  /// freedom on either side, both are tests of Student's t (Cacoullos, "A Relation between t and F-Distributions",
  /// JASA 60 (1965)). In simulations with noise of 2 % and 5 to 16 worker counts, Amdahl's law was called another in
  /// at most 5 % and Gustafson's in at most 9 %, where the least residuals err in 30 and 60 %. An information
  /// criterion errs more: with a handful of points, its correction alone decides.
  func isShownBetter(than other: LawFit) -> Bool {
    switch (law, other.law) {
    case (.usl, .amdahl): pValueOfNeed(comparedWith: other) < 0.01
    case (.amdahl, .usl): other.pValueOfNeed(comparedWith: self) > 0.1
    default: hasSmallerVariance(than: other)
    }
  }

  /// Returns the p-value of the test of whether the further coefficient is needed, compared with a law that this contains.
  private func pValueOfNeed(comparedWith other: LawFit) -> Double {
    let square = (other.squares - squares) / (squares / Double(degreesOfFreedom))
    return 2
      * StudentDistribution.probability(
        above: max(0, square).squareRoot(), degreesOfFreedom: degreesOfFreedom)
  }

  private func hasSmallerVariance(than other: LawFit) -> Bool {
    let ratio =
      (other.squares / Double(other.degreesOfFreedom) / (squares / Double(degreesOfFreedom))).squareRoot()
    let degrees = min(degreesOfFreedom, other.degreesOfFreedom)
    let t = Double(degrees).squareRoot() / 2 * (ratio - 1 / ratio)
    return StudentDistribution.probability(above: t, degreesOfFreedom: degrees) < 0.05
  }

  /// The sum of the squared residuals; of perfect fits, which differ by rounding only, always the same.
  private var squares: Double { max(residualSquares, 1e-24) }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Student's t distribution.
public enum StudentDistribution {
  /// Returns the t that bounds the magnitude of a value with the given probability: 12.706 for 0.95 and one
  /// degree of freedom.
  ///
  /// Up to 200 degrees of freedom, t is found by bisection of the finite sums 26.7.3 and 26.7.4 of Abramowitz
  /// and Stegun, "Handbook of Mathematical Functions" (1964); above, by their expansion 26.7.5, whose error
  /// is then below 10^-9.
  ///
  /// - Parameters:
  ///   - level: The probability, from 0.5 to below 1.
  ///   - degreesOfFreedom: The degrees of freedom, 1 or more.
  /// - Returns: `nil` for other arguments.
  public static func twoSided(level: Double, degreesOfFreedom: Int) -> Double? {
    guard (0.5..<1).contains(level), degreesOfFreedom > 0,
      let normal = NormalDistribution.quantile((1 + level) / 2)
    else { return nil }
    if degreesOfFreedom > 200 { return expansion(normal, Double(degreesOfFreedom)) }
    var (low, high) = (0.0, 1.0)
    while probability(within: high, degreesOfFreedom) < level { high *= 2 }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if probability(within: middle, degreesOfFreedom) < level { low = middle } else { high = middle }
    }
  }

  /// Returns the probability of a value above `t`, for 1 or more degrees of freedom.
  public static func probability(above t: Double, degreesOfFreedom: Int) -> Double {
    (1 - probability(within: t, degreesOfFreedom)) / 2
  }

  /// Returns the probability of a value from −t to t, or the negative of that from t to −t.
  private static func probability(within t: Double, _ degreesOfFreedom: Int) -> Double {
    let angle = atan(t / Double(degreesOfFreedom).squareRoot())
    let square = cos(angle) * cos(angle)
    let isOdd = !degreesOfFreedom.isMultiple(of: 2)
    // cos θ + 2/3 cos³ θ + … for odd degrees of freedom, 1 + 1/2 cos² θ + … for even ones.
    var term = isOdd ? cos(angle) : 1
    var sum = 0.0
    for factor in stride(from: isOdd ? 3 : 2, through: degreesOfFreedom, by: 2) {
      sum += term
      term *= square * Double(factor - 1) / Double(factor)
    }
    return isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
  }

  private static func expansion(_ x: Double, _ degrees: Double) -> Double {
    let square = x * x
    let first = (square + 1) / 4
    let second = ((5 * square + 16) * square + 3) / 96
    let third = (((3 * square + 19) * square + 17) * square - 15) / 384
    let fourth = ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
    return x * (1 + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The normal distribution of mean 0 and variance 1.
enum NormalDistribution {
  /// The probability of a value up to `x`: ½ · erfc(−x / √2).
  static func probability(upTo x: Double) -> Double {
    erfc(-x / 2.0.squareRoot()) / 2
  }

  /// The value up to which the probability is the given one.
  ///
  /// It starts from 26.2.23 of Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), which is right to
  /// 4.5·10^-4, and takes three of Halley's steps, each of which triples the number of right digits.
  ///
  /// - Returns: `nil` for a probability that is not between 0 and 1, the ends excluded.
  static func quantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    if probability > 0.5 {
      // In the upper half of what can be told from 1, the lower tail is exact (Sterbenz).
      return quantile(1 - probability).map { -$0 }
    }
    let t = (-2 * log(probability)).squareRoot()
    let ratio =
      (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    var x = ratio - t
    for _ in 0..<3 {
      let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (Self.probability(upTo: x) - probability) / density
      x -= step / (1 + x * step / 2)
    }
    return x
  }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The normal distribution of mean 0 and variance 1.
enum NormalDistribution {
  /// Returns the probability of a value up to `x`: ½ · erfc(−x / √2).
  static func probability(upTo x: Double) -> Double {
    erfc(-x / 2.0.squareRoot()) / 2
  }

  /// Returns the value up to which the probability is the given one.
  ///
  /// The initial value is 26.2.23 of Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964),
  /// whose error is below 4.5·10^-4; each of three Halley steps triples the number of correct digits.
  ///
  /// - Returns: `nil` if the probability is not strictly between 0 and 1.
  static func quantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    if probability > 0.5 {
      // The subtraction is exact for probabilities above 0.5 (Sterbenz).
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

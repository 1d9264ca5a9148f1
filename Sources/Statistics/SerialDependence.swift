/// A test of whether neighbouring values of a series are alike, and how much less such a series says about its median.
/// It finds waves, steps, slow drift, and a disturbed spell in the middle.
public struct SerialDependence: Equatable, Sendable {
  /// The probability of neighbours at least this alike in a series of independent values: the one-sided test of von
  /// Neumann, "Distribution of the Ratio of the Mean Square Successive Difference to the Variance", Annals of
  /// Mathematical Statistics 12 (1941), by random permutations with a fixed seed, which assume no distribution (Wald
  /// and Wolfowitz, "An Exact Test for Randomness in the Non-Parametric Case Based on Serial Correlation", the same 14
  /// (1943)).
  public let pValue: Double
  /// The correlation of neighbours, from 0 to 0.9, corrected for its bias in short series (Marriott and Pope, "Bias in
  /// the Estimation of Autocorrelations", Biometrika 41 (1954)).
  public let correlation: Double

  /// The fewest values: of 4 or fewer, every order is too likely.
  public static let fewest = 5

  private static let permutations = 999

  /// The factor by which the standard error of a mean or a median is greater than that of as many independent values:
  /// √((1 + ρ) / (1 − ρ)) for a process of order 1 (Bayley and Hammersley, "The 'Effective' Number of Independent
  /// Observations in an Autocorrelated Time Series", Supplement to the Journal of the Royal Statistical Society 8
  /// (1946)). In simulations with a ρ of 0.8, intervals so widened covered the truth far more often than those of a
  /// moving block bootstrap: in 84 % instead of 57 % with 20 values.
  public var widening: Double { ((1 + correlation) / (1 - correlation)).squareRoot() }

  /// Tests a series.
  ///
  /// - Returns: `nil` if there are fewer than `fewest` values, or if one is not finite.
  public init?(_ series: [Double]) {
    guard series.count >= Self.fewest, series.allSatisfy(\.isFinite) else { return nil }
    correlation = Self.correlation(series)
    let observed = Self.roughness(series)
    var shuffled = series
    var generator = SplitMix64(seed: 1)
    var alike = 1
    for _ in 0..<Self.permutations {
      for place in shuffled.indices.dropFirst().reversed() {
        shuffled.swapAt(place, Int(generator.next().multipliedFullWidth(by: UInt64(place + 1)).high))
      }
      // Equal but for the order of the sum.
      if Self.roughness(shuffled) <= observed * (1 + 1e-12) { alike += 1 }
    }
    pValue = Double(alike) / Double(Self.permutations + 1)
  }

  /// Returns the sum of the squared differences of neighbours.
  private static func roughness(_ series: [Double]) -> Double {
    var (sum, place) = (0.0, 1)
    while place < series.count {
      let step = series[place] - series[place - 1]
      sum += step * step
      place += 1
    }
    return sum
  }

  private static func correlation(_ series: [Double]) -> Double {
    let size = Double(series.count)
    let mean = series.reduce(0, +) / size
    let distances = series.map { $0 - mean }
    let squares = distances.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return 0 }
    let raw = zip(distances, distances.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / squares
    return min(max(0, raw + (1 + 3 * raw) / size), 0.9)
  }
}

import Foundation
import TestSupport

/// Samples of known distributions, the same at every run.
extension SplitMix64 {
  /// A value from 0 to 1, both excluded.
  mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) / 0x1p52
  }

  /// A value of a normal distribution (Box and Muller, 1958).
  mutating func normal(_ mean: Double = 0, _ deviation: Double = 1) -> Double {
    mean + deviation * (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// So many values of a normal distribution.
  mutating func normals(_ count: Int, _ mean: Double = 0, _ deviation: Double = 1) -> [Double] {
    (0..<count).map { _ in normal(mean, deviation) }
  }
}

/// The mean; written as a loop, because the tests take it millions of times without optimisation.
func mean(_ sample: [Double]) -> Double {
  sample.withUnsafeBufferPointer { values in
    var (sum, place) = (0.0, 0)
    while place < values.count {
      sum += values[place]
      place += 1
    }
    return sum / Double(values.count)
  }
}

/// Whether two values are the same to so many parts.
func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  guard let value else { return false }
  return (value - expected).magnitude <= tolerance * max(expected.magnitude, 1e-300)
}

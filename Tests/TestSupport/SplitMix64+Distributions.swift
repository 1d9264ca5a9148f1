import Foundation
@_exported import struct Statistics.SplitMix64

/// Samples of known distributions, the same at every run.
extension SplitMix64 {
  /// A value from 0 to 1, both excluded.
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) / 0x1p52
  }

  /// A value of a normal distribution (Box and Muller, 1958).
  public mutating func normal(_ mean: Double = 0, _ deviation: Double = 1) -> Double {
    mean + deviation * (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// So many values of a normal distribution.
  public mutating func normals(_ count: Int, _ mean: Double = 0, _ deviation: Double = 1) -> [Double] {
    (0..<count).map { _ in normal(mean, deviation) }
  }
}

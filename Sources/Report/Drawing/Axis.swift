#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A linear or logarithmic mapping from quantities to places along a line.
struct Axis {
  /// The kind of mapping.
  enum Kind {
    case linear
    case logarithmic
  }

  let kind: Kind
  /// The quantities at both ends; the upper one is the greater.
  let lower: Double
  let upper: Double
  /// Their places.
  let start: Double
  let end: Double

  /// Makes an axis; the upper end is moved above the lower one if it is not.
  init(_ kind: Kind = .linear, from lower: Double, to upper: Double, start: Double, end: Double) {
    self.kind = kind
    self.lower = kind == .logarithmic ? max(lower, 1e-9) : lower
    self.upper = max(upper, self.lower + max(self.lower.magnitude * 1e-3, 1e-9))
    self.start = start
    self.end = end
  }

  /// Returns the place of a quantity, clamped to the ends.
  func place(_ value: Double) -> Double {
    let bounded = value.isNaN ? lower : min(max(value, lower), upper)
    let part =
      switch kind {
      case .linear: (bounded - lower) / (upper - lower)
      case .logarithmic: log(bounded / lower) / log(upper / lower)
      }
    return start + part * (end - start)
  }

  /// Returns about `count` round quantities on the axis.
  func ticks(about count: Int) -> [Double] {
    switch kind {
    case .linear: linearTicks(Double(max(1, count)))
    case .logarithmic: logarithmicTicks(count)
    }
  }

  private func linearTicks(_ count: Double) -> [Double] {
    let step = roundNumber(atLeast: (upper - lower) / count)
    let (first, last) = ((lower / step - 1e-9).rounded(.up), (upper / step + 1e-9).rounded(.down))
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// Returns 1, 2 and 5 times the powers of ten, or fewer if these are too many.
  private func logarithmicTicks(_ count: Int) -> [Double] {
    let powers = (Int(log10(lower)) - 1...Int(log10(upper)) + 1).map { pow(10, Double($0)) }
    let candidates = [[1.0, 2, 5], [1, 3], [1]].map { digits in
      powers.flatMap { power in digits.map { $0 * power } }.filter { (lower...upper).contains($0) }
    }
    let chosen = candidates.first { $0.count <= count } ?? candidates[2]
    let stride = max(1, (chosen.count + count - 1) / max(1, count))
    return chosen.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
  }
}

/// Returns the least of 1, 2 and 5 times the powers of ten that is not below a positive quantity.
func roundNumber(atLeast value: Double) -> Double {
  let power = pow(10, log10(value).rounded(.down))
  return [1.0, 2, 5].map { $0 * power }.first { $0 >= value * (1 - 1e-9) } ?? 10 * power
}

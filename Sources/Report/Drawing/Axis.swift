#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// From quantities to places along a line, in proportion or by their logarithms.
struct Axis {
  /// How quantities are spread.
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

  /// An axis; where the upper end is not over the lower one, it is moved there.
  init(_ kind: Kind = .linear, from lower: Double, to upper: Double, start: Double, end: Double) {
    self.kind = kind
    self.lower = kind == .logarithmic ? max(lower, 1e-9) : lower
    self.upper = max(upper, self.lower + max(self.lower.magnitude * 1e-3, 1e-9))
    self.start = start
    self.end = end
  }

  /// The place of a quantity; one beyond an end is put there.
  func place(_ value: Double) -> Double {
    let bounded = value.isNaN ? lower : min(max(value, lower), upper)
    let part =
      switch kind {
      case .linear: (bounded - lower) / (upper - lower)
      case .logarithmic: log(bounded / lower) / log(upper / lower)
      }
    return start + part * (end - start)
  }

  /// Round quantities in the axis, about so many.
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

  /// 1, 2 and 5 times the powers of ten, or the powers alone, whichever are not too many.
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

/// The least of 1, 2 and 5 times the powers of ten that is not under a quantity over 0.
func roundNumber(atLeast value: Double) -> Double {
  let power = pow(10, log10(value).rounded(.down))
  return [1.0, 2, 5].map { $0 * power }.first { $0 >= value * (1 - 1e-9) } ?? 10 * power
}

/// Which of the numbers 0…n are prime, found by crossing out multiples: no division, so that whoever divides can be
/// checked with it.
public struct Sieve: Sendable {
  private let isComposite: [Bool]

  /// Crosses out up to a number.
  public init(upTo last: Int) {
    var isComposite = [Bool](repeating: false, count: last + 1)
    isComposite.withUnsafeMutableBufferPointer { numbers in
      for number in 0..<min(2, numbers.count) { numbers[number] = true }
      var factor = 2
      while factor * factor <= last {
        if !numbers[factor] {
          for multiple in stride(from: factor * factor, through: last, by: factor) {
            numbers[multiple] = true
          }
        }
        factor += 1
      }
    }
    self.isComposite = isComposite
  }

  /// The primes in order.
  public var primes: [UInt64] {
    isComposite.indices.lazy.filter { !isComposite[$0] }.map(UInt64.init)
  }

  /// π(n) for every n from 0.
  public var counts: [UInt64] {
    var counts: [UInt64] = []
    counts.reserveCapacity(isComposite.count)
    var count: UInt64 = 0
    for isComposite in isComposite {
      if !isComposite { count += 1 }
      counts.append(count)
    }
    return counts
  }

  /// Returns the number of integers of a range that no prime of this sieve divides: of primes, if it has all up to the
  /// square root of the last.
  public static func count(_ range: Range<UInt64>, by primes: [UInt64]) -> UInt128 {
    var isComposite = [Bool](repeating: false, count: Int(range.upperBound - range.lowerBound))
    for prime in primes {
      let first = max(prime, (range.lowerBound + prime - 1) / prime) * prime
      if first >= range.upperBound { continue }
      for multiple in stride(from: first, to: range.upperBound, by: Int(prime)) {
        isComposite[Int(multiple - range.lowerBound)] = true
      }
    }
    for number in range.lowerBound..<max(range.lowerBound, min(2, range.upperBound)) {
      isComposite[Int(number - range.lowerBound)] = true
    }
    return UInt128(isComposite.count { !$0 })
  }
}

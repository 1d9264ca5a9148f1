import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Random numbers of one kind of event. The same seed gives the same numbers; kinds do not disturb each other, so that policies are
/// compared under the same traffic and failures.
struct RandomNumbers {
  /// The kinds of events.
  enum Kind: UInt64 {
    case arrivals = 1
    case demands = 2
    case failures = 3
    case samples = 4
  }

  private var generator: SplitMix64

  /// Starts the numbers of a kind.
  init(seed: UInt64, _ kind: Kind) {
    // Seeds that differ by one give unrelated numbers only after mixing.
    var seeds = SplitMix64(seed: seed &+ kind.rawValue << 32)
    generator = SplitMix64(seed: seeds.next())
  }

  /// Returns the next number, uniform in (0, 1].
  @inline(__always)
  mutating func uniform() -> Double { Double((generator.next() >> 11) + 1) * 0x1p-53 }

  /// Returns the next number of the exponential distribution with mean 1, by inversion.
  @inline(__always)
  mutating func exponential() -> Double { -log(uniform()) }

  /// Returns the next number of the normal distribution with mean 0 and variance 1, by the transform of Box and Muller.
  mutating func normal() -> Double { (2 * exponential()).squareRoot() * cos(2 * .pi * uniform()) }

  /// Returns a random index below a count.
  @inline(__always)
  mutating func index(below count: Int) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(count)).high)
  }
}

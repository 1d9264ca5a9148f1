import Statistics

/// Random numbers in any order. The same seed gives the same numbers on every machine.
struct RandomSequence {
  /// The uses of a seed. Each has numbers of its own, so that they do not correlate.
  enum Use: UInt64 {
    /// The gaps between requests.
    case gaps = 1
    /// The paths of requests.
    case paths = 2
  }

  private let numbers: SplitMix64

  /// Creates the sequence of a seed for one use.
  init(seed: UInt64, use: Use) {
    numbers = SplitMix64(seed: SplitMix64.mixed(SplitMix64.mixed(seed) &+ use.rawValue))
  }

  /// Returns the number at an index.
  @inline(__always)
  func number(at index: UInt64) -> UInt64 {
    numbers.number(at: index)
  }
}

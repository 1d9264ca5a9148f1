/// The numbers of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014), in
/// any order: its state after `index` steps is known without the steps.
///
/// The same seed gives the same numbers on every machine.
struct RandomSequence {
  /// The uses of a seed. Each has numbers of its own, so that they do not correlate.
  enum Use: UInt64 {
    /// The gaps between requests.
    case gaps = 1
    /// The paths of requests.
    case paths = 2
  }

  private let start: UInt64

  /// Creates the sequence of a seed for one use.
  init(seed: UInt64, use: Use) {
    start = Self.mix(Self.mix(seed) &+ use.rawValue)
  }

  /// Returns the number at an index.
  @inline(__always)
  func number(at index: UInt64) -> UInt64 {
    Self.mix(start &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  @inline(__always)
  private static func mix(_ state: UInt64) -> UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA (2014).
/// The same seed gives the same numbers on every machine.
@frozen
public struct SplitMix64: RandomNumberGenerator, Equatable, Sendable {
  @usableFromInline var state: UInt64

  /// Creates a generator with a seed.
  @inlinable
  public init(seed: UInt64) {
    state = seed
  }

  /// Returns the next 64 random bits.
  @inlinable
  @inline(__always)
  public mutating func next() -> UInt64 {
    defer { state &+= Self.increment }
    return number(at: 0)
  }

  /// Returns a number of the sequence without the numbers before it.
  ///
  /// - Parameter index: 0 for what `next` returns.
  @inlinable
  @inline(__always)
  public func number(at index: UInt64) -> UInt64 {
    Self.mixed(state &+ (index &+ 1) &* Self.increment)
  }

  /// Returns a number in which every bit depends on all bits of `number`. Different numbers give different ones.
  @inlinable
  @inline(__always)
  public static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The distance between two states: 2^64 divided by the golden ratio.
  @inlinable static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// Fills an array with random indices into itself, whose probabilities are equal to within one part in 2^32
  /// divided by the count (Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29 (2019),
  /// without its rejection).
  ///
  /// - Parameter draw: An array of at most 2^32 elements.
  mutating func draw(into draw: inout [UInt32]) {
    let bound = UInt64(draw.count)
    draw.withUnsafeMutableBufferPointer { draw in
      var place = 0
      while place < draw.count {
        // Two 32-bit indices from one 64-bit number.
        let bits = next()
        draw[place] = UInt32(truncatingIfNeeded: ((bits & 0xFFFF_FFFF) &* bound) >> 32)
        if place &+ 1 < draw.count {
          draw[place &+ 1] = UInt32(truncatingIfNeeded: ((bits >> 32) &* bound) >> 32)
        }
        place &+= 2
      }
    }
  }
}

/// Returns the numbers `0..<count` in a random order; every order is equally likely (Durstenfeld's form of
/// the Fisher-Yates shuffle; Knuth, The Art of Computer Programming, volume 2, algorithm P).
///
/// - Parameter seed: The same seed gives the same order on every machine.
public func randomOrder(of count: Int, seed: UInt64) -> [Int] {
  var generator = SplitMix64(seed: seed)
  var order = Array(0..<max(0, count))
  for place in order.indices.dropFirst().reversed() {
    // The high half of the product is below place + 1, and its bias is one part in 2^64 divided by that.
    let other = Int(generator.next().multipliedFullWidth(by: UInt64(place + 1)).high)
    order.swapAt(place, other)
  }
  return order
}

/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA (2014): the same
/// numbers from the same seed on every machine.
struct SplitMix64 {
  private var state: UInt64

  /// Starts the sequence of a seed.
  init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Fills a list with random indices into itself, each as likely as any other to one part in 2^32 over their number
  /// (Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29 (2019), without its rejection).
  ///
  /// - Parameter draw: Of at most 2^32 elements.
  mutating func draw(into draw: inout [UInt32]) {
    let bound = UInt64(draw.count)
    draw.withUnsafeMutableBufferPointer { draw in
      var place = 0
      while place < draw.count {
        // Two indices of 32 bits from one number of 64.
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

/// The numbers `0..<count` in a random order, each order as likely as any other (Durstenfeld's form of the shuffle of
/// Fisher and Yates; Knuth, The Art of Computer Programming, volume 2, algorithm P).
///
/// - Parameter seed: The same seed gives the same order on every machine.
public func randomOrder(of count: Int, seed: UInt64) -> [Int] {
  var generator = SplitMix64(seed: seed)
  var order = Array(0..<max(0, count))
  for place in order.indices.dropFirst().reversed() {
    // The high half of the product is below place + 1, and off an even chance by one part in 2^64 over it.
    let other = Int(generator.next().multipliedFullWidth(by: UInt64(place + 1)).high)
    order.swapAt(place, other)
  }
  return order
}

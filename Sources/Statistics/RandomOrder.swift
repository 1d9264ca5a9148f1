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

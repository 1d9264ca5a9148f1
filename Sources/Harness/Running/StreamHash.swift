/// A hash of a stream of bytes, by which outputs are compared without being kept: FNV-1a with 64 bits (Fowler, Noll and Vo;
/// draft-eastlake-fnv). Two outputs that differ by accident have the same hash with probability 2^-64.
struct StreamHash: Equatable, Sendable {
  private static let prime: UInt64 = 0x100_0000_01B3

  /// The hash of the bytes so far.
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds bytes to the stream.
  mutating func add(_ bytes: [UInt8]) {
    var value = value
    for byte in bytes { value = (value ^ UInt64(byte)) &* Self.prime }
    self.value = value
  }
}

import Foundation
import TestSupport
import Testing

@testable import Records

struct DecimalTests {
  @Test("a decimal is rounded to the nearest, and ties to even")
  func ties() {
    #expect(decimal(0, decimals: 3) == "0.000")
    #expect(decimal(0.5, decimals: 3) == "0.500")
    #expect(decimal(0.0625, decimals: 3) == "0.062" && decimal(0.1875, decimals: 3) == "0.188")
    #expect(decimal(0.9995, decimals: 3) == "1.000" && decimal(2.6755, decimals: 3) == "2.675")
    #expect(
      decimal(.leastNonzeroMagnitude, decimals: 12) == "0.000000000000"
        && decimal(1e18, decimals: 2).hasPrefix("1000000000000000000.00"))
  }

  @Test("a decimal is what C's printf writes")
  func printf() {
    var generator = SplitMix64(seed: 8)
    for _ in 0..<2000 {
      let (bits, shift): (UInt64, UInt64) = (generator.next(), generator.next() % 64)
      let divisor: UInt64 = 1 + generator.next() % 1_000_000
      let value = Double(bits >> shift) / Double(divisor)
      guard value < 1e20 else { continue }
      for decimals in [2, 3, 12] {
        #expect(decimal(value, decimals: decimals) == String(format: "%.\(decimals)f", value))
      }
    }
  }
}

/// Returns a number with a fixed number of decimals, rounded as C's `printf` does: to the nearest, ties to even, of the
/// exact binary value.
///
/// - Parameters:
///   - value: A finite number from 0 to 10^20.
///   - decimals: The number of decimals, from 1 to 12.
func decimal(_ value: Double, decimals: Int) -> String {
  let scale = (0..<decimals).reduce(UInt128(1)) { scale, _ in scale * 10 }
  // The value is significand · 2^exponent, with a significand of at most 53 bits.
  let significand = UInt128(value.significandBitPattern | (value.isNormal ? 1 << 52 : 0))
  let exponent = (value.isNormal ? Int(value.exponent) : Double.leastNormalMagnitude.exponent) - 52
  let digits = String(rounded(significand * scale, shiftedBy: exponent))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// Returns number · 2^exponent, rounded to the nearest integer, ties to even.
private func rounded(_ number: UInt128, shiftedBy exponent: Int) -> UInt128 {
  if exponent >= 0 { return number << UInt128(exponent) }
  // A number of at most 93 bits is less than half of 2^95.
  if exponent < -94 { return 0 }
  let shift = UInt128(-exponent)
  let (whole, rest, half) = (number >> shift, number & ((1 << shift) - 1), UInt128(1) << (shift - 1))
  return rest > half || (rest == half && !whole.isMultiple(of: 2)) ? whole + 1 : whole
}

/// Returns a text with spaces before it, so that it has a width.
func aligned(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}

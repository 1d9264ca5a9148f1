/// Returns a value of the exponential distribution of mean 1 for 64 random bits: −ln u, with u uniform in (0, 1] and a
/// multiple of 2^-53 (inversion; Knuth, The Art of Computer Programming, volume 2, section 3.4.1).
///
/// Only operations that IEEE 754 rounds exactly are used, so the value is the same on every machine; the C library's
/// `log` is not.
func exponential(_ bits: UInt64) -> Double {
  let uniform = Double((bits >> 11) + 1) * 0x1p-53
  return -naturalLogarithm(uniform)
}

/// Returns ln x for a normal x > 0, to within 2 units in the last place.
///
/// x = 2^k · m with m from √½ to √2, and ln m = 2 artanh((m − 1)/(m + 1)), whose series ends below 2^-60.
func naturalLogarithm(_ x: Double) -> Double {
  // Without a branch, which would be mispredicted every other time: the bits of √½ become those of 1, so that the
  // exponent changes at √½ · 2^k. (The C library musl does so.)
  let least = 0.5.squareRoot().bitPattern
  let bits = x.bitPattern + ((1.0).bitPattern - least)
  let exponent = Double(Int(bits >> 52) - 1023)
  let mantissa = Double(bitPattern: bits & (1 << 52 - 1) + least)
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  // Horner's scheme for 1/3 + square/5 + square²/7 + … + square^10/23.
  var series = 1.0 / 23
  series = series * square + 1.0 / 21
  series = series * square + 1.0 / 19
  series = series * square + 1.0 / 17
  series = series * square + 1.0 / 15
  series = series * square + 1.0 / 13
  series = series * square + 1.0 / 11
  series = series * square + 1.0 / 9
  series = series * square + 1.0 / 7
  series = series * square + 1.0 / 5
  series = series * square + 1.0 / 3
  // ln 2 in two parts; the product of the first with an exponent is exact.
  let logarithmOf2 = (high: 0x1.62e42fefap-1, low: 0x1.cf79abc9e3b3ap-40)
  return exponent * logarithmOf2.high
    + (2 * ratio + (2 * ratio * square * series + exponent * logarithmOf2.low))
}

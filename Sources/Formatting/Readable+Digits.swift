extension Readable {
  /// Returns a number of any size with four significant digits, such as `0.0001044`, `36.06`, `1853` or
  /// `2.654·10^-7`.
  public static func digits(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    if value.magnitude >= 1e6 { return large(value) }
    var (mantissa, exponent) = (value, 0)
    // A value that rounds up to 1 counts as 1.
    while mantissa.magnitude < 0.99995 {
      mantissa *= 10
      exponent += 1
    }
    if exponent > 4 { return "\(fixed(mantissa, decimals: 3))·10^-\(exponent)" }
    // The number of digits left of the decimal point, less one.
    let whole = (1...6).prefix { mantissa.magnitude >= (0..<$0).reduce(1.0) { power, _ in power * 10 } }.count
    return fixed(value, decimals: max(0, 3 + exponent - whole))
  }
}

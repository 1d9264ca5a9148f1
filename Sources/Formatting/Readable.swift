/// Quantities formatted for people, in the same notation everywhere. Nothing here depends on the locale.
public enum Readable {
  /// Returns a number with a fixed number of decimals, such as `1.98`.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    // Also false for NaN; 2^64 is a little more than 1.8e19.
    guard value.magnitude < 1e15, value.magnitude * scale < 1e19 else { return "\(value)" }
    let scaled = UInt64((value.magnitude * scale).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let digits = String(scaled)
    if decimals == 0 { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// Returns a number with about four significant digits, such as `0.4312`, `43.12` or `4312`.
  static func significant(_ value: Double) -> String {
    switch value.magnitude {
    case ..<9.9995: fixed(value, decimals: 3)
    case ..<99.995: fixed(value, decimals: 2)
    case ..<999.95: fixed(value, decimals: 1)
    default: fixed(value, decimals: 0)
    }
  }

  /// Returns a duration, such as `431.2 ms`.
  public static func duration(nanoseconds: Double) -> String {
    switch nanoseconds.magnitude {
    case ..<999.5: fixed(nanoseconds, decimals: 0) + " ns"
    case ..<999_950: significant(nanoseconds / 1e3) + " µs"
    case ..<999_950_000: significant(nanoseconds / 1e6) + " ms"
    default: significant(nanoseconds / 1e9) + " s"
    }
  }

  /// Returns a rate or a large count with a power of ten that is a multiple of three, such as `4.412·10^9`.
  public static func large(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    var (mantissa, exponent) = (value, 0)
    while mantissa.magnitude >= 999.95 {
      mantissa /= 1000
      exponent += 3
    }
    return exponent == 0 ? significant(mantissa) : "\(significant(mantissa))·10^\(exponent)"
  }

  /// Returns a number of any size with one decimal, and a power of ten unless it is from 1 to 10, such as
  /// `1.3·10^-12`.
  public static func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 1) }
    var (mantissa, exponent) = (value, 0)
    // A value that rounds to 10.0 counts as 10.
    while mantissa.magnitude >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa.magnitude < 0.995 {
      mantissa *= 10
      exponent -= 1
    }
    return fixed(mantissa, decimals: 1) + (exponent == 0 ? "" : "·10^\(exponent)")
  }

  /// Returns a whole number as in a heading: `2·10^9` if only its first digit is nonzero, all digits
  /// otherwise.
  public static func round(_ value: UInt64) -> String {
    let digits = String(value)
    let zeros = digits.count - 1
    guard zeros >= 4, digits.dropFirst().allSatisfy({ $0 == "0" }) else { return digits }
    return digits.first == "1" ? "10^\(zeros)" : "\(digits.prefix(1))·10^\(zeros)"
  }

  /// Returns a count with its noun, such as `1 worker` or `2 workers`.
  ///
  /// - Parameter plural: The plural of the noun (default: with an s).
  public static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? "\(noun)s")"
  }

  /// Returns an amount of memory, such as `11.4 MB` (10^6 bytes each).
  public static func memory(bytes: UInt64) -> String {
    switch bytes {
    case ..<999_500: fixed(Double(bytes) / 1e3, decimals: 0) + " kB"
    case ..<999_950_000: fixed(Double(bytes) / 1e6, decimals: 1) + " MB"
    default: fixed(Double(bytes) / 1e9, decimals: 1) + " GB"
    }
  }

  /// Returns a bandwidth, such as `57.3 GB/s` (10^9 bytes each).
  public static func bandwidth(bytesPerSecond: Double) -> String {
    let rate = bytesPerSecond / 1e9
    return fixed(rate, decimals: rate < 9.95 ? 2 : rate < 999.5 ? 1 : 0) + " GB/s"
  }

  /// Returns a CPU frequency, such as `3.72 GHz`.
  public static func frequency(kHz: Int) -> String {
    fixed(Double(kHz) / 1e6, decimals: 2) + " GHz"
  }

  /// Returns a ratio as a percentage, such as `99.4 %`.
  public static func percent(_ ratio: Double) -> String {
    fixed(ratio * 100, decimals: 1) + " %"
  }
}

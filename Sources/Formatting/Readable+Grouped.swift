extension Readable {
  /// Returns a number with commas between groups of three digits, such as `40,000`, and without trailing zeros. Numbers of 100 and
  /// more are rounded to whole ones.
  public static func grouped(_ value: Double) -> String {
    guard value.magnitude < 1e15 else { return large(value) }
    if value.magnitude < 100 { return plain((value * 1000).rounded() / 1000) }
    let digits = Array(fixed(value.magnitude, decimals: 0))
    let groups = digits.indices.map { place in
      (place > 0 && (digits.count - place).isMultiple(of: 3) ? "," : "") + String(digits[place])
    }
    return (value < 0 ? "-" : "") + groups.joined()
  }
}

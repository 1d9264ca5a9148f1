extension Readable {
  /// Returns a rate of requests, such as `20000/s` or `1.5/s`.
  public static func rate(_ perSecond: Double) -> String {
    let isWhole = perSecond.rounded() == perSecond || perSecond.magnitude >= 999.5
    return (isWhole ? fixed(perSecond, decimals: 0) : plain(perSecond)) + "/s"
  }

  /// Returns a number without trailing zeros, such as `3` or `0.34`.
  public static func plain(_ value: Double) -> String {
    let digits = fixed(value, decimals: 6).reversed().drop { $0 == "0" }
    return String(String(digits.drop { $0 == "." }.reversed()))
  }

  /// Returns a number of cores with its noun, such as `0.1 cores` or `1 core`.
  public static func cores(_ count: Double) -> String {
    let number = plain(count)
    return "\(number) \(number == "1" ? "core" : "cores")"
  }
}

/// A unit of time.
public enum DurationUnit: String, CaseIterable, Sendable {
  case microseconds = "us"
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "min"
  case hours = "h"
  case days = "d"

  /// The symbols of all units, for messages.
  public static let list = "us, ms, s, min, h or d"

  /// The length in seconds.
  public var seconds: Double {
    switch self {
    case .microseconds: 1e-6
    case .milliseconds: 1e-3
    case .seconds: 1
    case .minutes: 60
    case .hours: 3600
    case .days: 86_400
    }
  }

  /// Splits a time such as `90s` into its number and its unit; `nil` if it has no unit.
  public static func split(_ word: String) -> (number: Substring, unit: DurationUnit)? {
    if word.hasSuffix("µs") { return (word.dropLast(2), .microseconds) }
    // The longest symbol first: `ms` ends in `s`.
    let units = allCases.sorted { $0.rawValue.count > $1.rawValue.count }
    return units.first { word.hasSuffix($0.rawValue) }.map { (word.dropLast($0.rawValue.count), $0) }
  }

  /// Returns a number of seconds as a time in the largest unit of which it is a whole number, such as `10min`.
  public static func text(ofSeconds seconds: Double) -> String {
    for unit in allCases.reversed() {
      let count = (seconds / unit.seconds * 1e6).rounded() / 1e6
      if count >= 1, let whole = Int(exactly: count) { return "\(whole)\(unit.rawValue)" }
    }
    return "\(boundText(seconds))s"
  }
}

/// A duration that users write in seconds, such as `0.5`, or with a unit, such as `500ms`.
public struct Seconds: Hashable, Sendable {
  /// The duration in nanoseconds.
  public let nanoseconds: UInt64
}

extension Reader where Value == Seconds {
  /// Returns a reader of times: a number with or without decimals, in seconds unless a unit follows.
  ///
  /// - Parameters:
  ///   - range: The acceptable durations in seconds.
  ///   - example: An acceptable time.
  public static func seconds(in range: ClosedRange<Double>, example: String) -> Reader {
    let (least, most) = (boundText(range.lowerBound), boundText(range.upperBound))
    return Reader(
      expected: "a number of seconds from \(least) to \(most), or a time in \(DurationUnit.list)",
      example: example,
      parse: { word in
        let (number, unit) = DurationUnit.split(word) ?? (word[...], .seconds)
        let everything = 0...Double.greatestFiniteMagnitude
        // In microseconds, for instance, the quotient is nearer to the number that was written than the product.
        return parseDecimal(String(number), in: everything).flatMap { number in
          let seconds = unit.seconds < 1 ? number / (1 / unit.seconds).rounded() : number * unit.seconds
          return range.contains(seconds) ? Seconds(nanoseconds: UInt64((seconds * 1e9).rounded())) : nil
        }
      })
  }
}

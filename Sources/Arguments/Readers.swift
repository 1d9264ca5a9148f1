extension Reader where Value == UInt64 {
  /// A whole number, written `10000000000`, `10_000_000_000` or `1e10`.
  ///
  /// - Parameters:
  ///   - range: What is accepted.
  ///   - example: A number that is accepted.
  public static func wholeNumber(in range: ClosedRange<UInt64>, example: String) -> Reader {
    Reader(
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", example: example,
      parse: { word in parseWholeNumber(word).flatMap { range.contains($0) ? $0 : nil } })
  }
}

extension Reader where Value == Int {
  /// A whole number that counts something.
  ///
  /// - Parameters:
  ///   - range: What is accepted.
  ///   - example: A number that is accepted.
  public static func count(in range: ClosedRange<Int>, example: String) -> Reader {
    Reader(
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", example: example,
      parse: { word in
        parseWholeNumber(word).flatMap { Int(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
      })
  }
}

extension Reader where Value == String {
  /// One of a set of words.
  public static func word(of known: [String]) -> Reader {
    Reader(
      expected: "one of \(known.joined(separator: ", "))", example: known.first ?? "",
      nearest: { nearestWord(to: $0, among: known) },
      parse: { known.contains($0) ? $0 : nil })
  }

  /// Any text but an empty one.
  ///
  /// - Parameters:
  ///   - expected: What the text is.
  ///   - example: A text that is accepted.
  public static func text(_ expected: String, example: String) -> Reader {
    Reader(expected: expected, example: example, parse: { $0.isEmpty ? nil : $0 })
  }
}

/// Seconds, such as `0.5`, in nanoseconds.
public struct Seconds: Hashable, Sendable {
  /// The length in nanoseconds.
  public let nanoseconds: UInt64
}

extension Reader where Value == Seconds {
  /// A number of seconds with or without decimals.
  ///
  /// - Parameters:
  ///   - range: What is accepted, in seconds.
  ///   - example: A number that is accepted.
  public static func seconds(in range: ClosedRange<Double>, example: String) -> Reader {
    Reader(
      expected: "a number of seconds from \(text(range.lowerBound)) to \(text(range.upperBound))",
      example: example,
      parse: { word in
        guard word.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let value = Double(word),
          range.contains(value)
        else { return nil }
        return Seconds(nanoseconds: UInt64((value * 1e9).rounded()))
      })
  }

  private static func text(_ bound: Double) -> String {
    Int(exactly: bound).map(String.init) ?? String(bound)
  }
}

/// The whole number that a word writes with digits, single underscores between them, and an exponent of ten;
/// `nil` where it writes none, or one of more than 64 bits.
private func parseWholeNumber(_ word: String) -> UInt64? {
  let parts = word.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
  guard let mantissa = parts.first.flatMap(digits) else { return nil }
  guard parts.count == 2 else { return mantissa }
  guard let exponent = digits(parts[1]) else { return nil }
  if mantissa == 0 { return 0 }
  guard exponent < 20 else { return nil }
  return (0..<exponent).reduce(mantissa) { (value: UInt64?, _) in
    guard let (product, overflow) = value?.multipliedReportingOverflow(by: 10) else { return nil }
    return overflow ? nil : product
  }
}

private func digits(_ text: Substring) -> UInt64? {
  let groups = text.split(separator: "_", omittingEmptySubsequences: false)
  guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }) else { return nil }
  return UInt64(groups.joined())
}

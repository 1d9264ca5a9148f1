extension Reader where Value == UInt64 {
  /// Returns a reader of whole numbers, written `10000000000`, `10_000_000_000` or `1e10`.
  ///
  /// - Parameters:
  ///   - range: The acceptable numbers.
  ///   - example: An acceptable number.
  public static func wholeNumber(in range: ClosedRange<UInt64>, example: String) -> Reader {
    Reader(
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", example: example,
      parse: { word in parseWholeNumber(word).flatMap { range.contains($0) ? $0 : nil } })
  }
}

/// A number of bytes that users may write with a suffix, such as `256M`.
public struct Bytes: Hashable, Sendable {
  /// The number.
  public let count: UInt64
}

extension Reader where Value == Bytes {
  /// Returns a reader of bytes: a whole number, and optionally K, M or G, which are 1024, 1024² and 1024³ bytes (`KiB` and the
  /// like mean the same).
  public static func bytes(in range: ClosedRange<UInt64>, example: String) -> Reader {
    Reader(
      expected: "a number of bytes from \(range.lowerBound) to \(range.upperBound), such as \(example)",
      example: example,
      parse: { word in parseBytes(word).flatMap { range.contains($0) ? Bytes(count: $0) : nil } })
  }
}

/// Returns the bytes that a word writes, or `nil` if it writes none, or more than 64 bits hold.
private func parseBytes(_ word: String) -> UInt64? {
  let units: [(suffixes: [String], factor: UInt64)] = [
    (["K", "k", "KiB"], 1 << 10), (["M", "MiB"], 1 << 20), (["G", "GiB"], 1 << 30),
  ]
  for (suffixes, factor) in units {
    for suffix in suffixes where word.hasSuffix(suffix) {
      guard let number = parseWholeNumber(String(word.dropLast(suffix.count))) else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product
    }
  }
  return parseWholeNumber(word)
}

extension Reader where Value == Int {
  /// Returns a reader of whole numbers that count something.
  ///
  /// - Parameters:
  ///   - range: The acceptable numbers.
  ///   - example: An acceptable number.
  public static func count(in range: ClosedRange<Int>, example: String) -> Reader {
    Reader(
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", example: example,
      parse: { word in
        parseWholeNumber(word).flatMap { Int(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
      })
  }
}

extension Reader where Value: RawRepresentable, Value.RawValue == String {
  /// Returns a reader of one of the given values, written as their raw values.
  public static func choice(of values: [Value]) -> Reader {
    let words = Reader<String>.word(of: values.map(\.rawValue))
    return Reader(
      expected: words.expected, example: words.example,
      nearest: { nearestWord(to: $0, among: values.map(\.rawValue)) },
      parse: { word in values.first { $0.rawValue == word } })
  }
}

extension Reader where Value == String {
  /// Returns a reader of one of the known words.
  public static func word(of known: [String]) -> Reader {
    Reader(
      expected: "one of " + known.joined(separator: ", "), example: known.first ?? "",
      nearest: { nearestWord(to: $0, among: known) },
      parse: { known.contains($0) ? $0 : nil })
  }

  /// Returns a reader of any text that is not empty.
  ///
  /// - Parameters:
  ///   - expected: The meaning of the text, as a noun phrase.
  ///   - example: An acceptable text.
  public static func text(_ expected: String, example: String) -> Reader {
    Reader(expected: expected, example: example, parse: { $0.isEmpty ? nil : $0 })
  }
}

extension Reader where Value == Double {
  /// Returns a reader of a number with or without decimals.
  ///
  /// - Parameters:
  ///   - range: The acceptable numbers.
  ///   - example: An acceptable number.
  public static func decimal(in range: ClosedRange<Double>, example: String) -> Reader {
    Reader(
      expected: "a number from \(boundText(range.lowerBound)) to \(boundText(range.upperBound))",
      example: example,
      parse: { parseDecimal($0, in: range) })
  }
}

func boundText(_ bound: Double) -> String {
  Int(exactly: bound).map(String.init) ?? String(bound)
}

/// Returns the number that a word writes with digits and at most one decimal point, or `nil` if it is not one in a range.
func parseDecimal(_ word: String, in range: ClosedRange<Double>) -> Double? {
  guard word.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let value = Double(word),
    range.contains(value)
  else { return nil }
  return value
}

/// Returns the whole number that a word writes with digits, single underscores between them and an exponent of ten, or
/// `nil` if it is not one or has more than 64 bits.
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

import Records
import TestSupport

/// Results files as no run leaves them: made from real ones by changes that a reader must survive.
struct HostileFiles {
  /// Values at the ends of what 64 and 128 bits, dates, strings and JSON itself can hold.
  private static let values =
    [
      "0", "-1", "1000000000", "1000000001", "1000000000000000000", "1000000000000000001",
      "9223372036854775807",
      "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
      "18446744073709551616", "340282366920938463463374607431768211455",
      "340282366920938463463374607431768211456", "\"340282366920938463463374607431768211455\"",
      "\"340282366920938463463374607431768211456\"", "1e18", "1e308", "1e999", "-0.0", "5e-324", "0.1", "NaN",
      "null", "true", "[]", "{}", "[[]]", "\"\"", "\"9999-12-31T23:59:60Z\"", "\"0000-01-01T00:00:00Z\"",
      "\"2026-99-99T99:99:99Z\"", "\"+292277026596-12-04T15:30:07Z\"", "\"\\u0000\\u001b[31m\\u202e\"",
      "\"\\ud800\"", "\"=1,2;3|<script>\"", "\"e\u{301}\"",
    ] + [String(repeating: "[", count: 600), String(repeating: "{\"a\":", count: 600)]
    + ["\"\(String(repeating: "x", count: 5000))\"", String(repeating: "9", count: 400)]

  private var generator: SplitMix64
  private let seeds: [[UInt8]]

  /// Makes files from the JSON of runs.
  init(_ seeds: [String], seed: UInt64) {
    self.seeds = seeds.map { Array($0.utf8) }
    generator = SplitMix64(seed: seed)
  }

  /// Returns the next file.
  mutating func next() -> [UInt8] {
    var file = seeds.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...3, using: &generator) { change(&file) }
    return file
  }

  private mutating func change(_ file: inout [UInt8]) {
    switch Int.random(in: 0..<20, using: &generator) {
    case 0: file.removeSubrange(Int.random(in: 0...file.count, using: &generator)...)
    case 1: file.insert(UInt8.random(in: 0...255, using: &generator), at: place(in: file))
    case 2: file = [0xEF, 0xBB, 0xBF] + file
    case 3: file = [0xFF, 0xFE] + file.flatMap { [$0, 0] }
    case 4: file = Array(EmbeddedRecord(json: String(decoding: file, as: UTF8.self)).text.utf8)
    case 5...8: repeatElement(in: &file)
    case 9...10: repeatMember(in: &file)
    default: replaceValue(in: &file)
    }
  }

  /// Replaces a number, a string, a list or a record by another value, of the right type or not.
  private mutating func replaceValue(in file: inout [UInt8]) {
    guard let value = value(in: file, from: place(in: file)) else { return }
    file.replaceSubrange(value, with: (Self.values.randomElement(using: &generator) ?? "").utf8)
  }

  /// Adds an element of a list again, such as a trial, one or many times.
  private mutating func repeatElement(in file: inout [UInt8]) {
    let place = place(in: file)
    guard let start = file[place...].firstIndex(of: UInt8(ascii: "{")),
      let value = value(in: file, from: start)
    else { return }
    let count = Bool.random(using: &generator) ? 1 : 20_000 / value.count
    file.insert(
      contentsOf: Array(repeating: file[value] + [UInt8(ascii: ",")], count: count).joined(),
      at: value.lowerBound)
  }

  /// Adds a member again with another value.
  private mutating func repeatMember(in file: inout [UInt8]) {
    guard let value = value(in: file, from: place(in: file)),
      let quote = file[..<value.lowerBound].dropLast(2).lastIndex(of: UInt8(ascii: "\""))
    else { return }
    let other = (Self.values.randomElement(using: &generator) ?? "").utf8
    file.insert(
      contentsOf: Array(other) + [UInt8(ascii: ",")] + file[quote..<value.lowerBound], at: value.lowerBound)
  }

  private mutating func place(in file: [UInt8]) -> Int {
    Int.random(in: 0...file.count, using: &generator)
  }

  /// Returns the next value that follows a colon, or begins at `start` with a brace.
  private func value(in file: [UInt8], from start: Int) -> Range<Int>? {
    let isRecord = start < file.count && file[start] == UInt8(ascii: "{")
    guard let colon = isRecord ? start - 1 : file[start...].firstIndex(of: UInt8(ascii: ":")) else {
      return nil
    }
    let begin = colon + 1
    var (depth, end, isQuoted) = (0, begin, false)
    while end < file.count {
      switch file[end] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "{"): if !isQuoted { depth += 1 }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if !isQuoted { depth -= 1 }
        if depth == 0 { return begin..<end + 1 }
        if depth < 0 { return begin..<end }
      case UInt8(ascii: ","): if !isQuoted, depth == 0 { return begin..<end }
      default: break
      }
      end += 1
    }
    return begin..<end
  }
}

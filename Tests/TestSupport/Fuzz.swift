import Foundation

/// Inputs that are grown from real ones by small changes, and from those that were accepted by more of them.
public struct Fuzz {
  /// The number of inputs that a test tries for each of its usual ones, as in `SCALEUP_FUZZ=100 swift test --filter
  /// Fuzz`.
  public static let factor = ProcessInfo.processInfo.environment["SCALEUP_FUZZ"].flatMap { Int($0) } ?? 1

  private static let corpusLimit = 500
  private static let sizeLimit = 1 << 16
  /// Texts that parsers may mishandle.
  private static let tokens = [
    "", "0", "-1", "18446744073709551615", "18446744073709551616", "9223372036854775807",
    "-9223372036854775808",
    "1e308", "1e999", "0.1", "nan", "inf", "null", "true", "{}", "[]", "[[[[[[[[", "\"", "\\", "\\u0000",
    "\\ud800",
    "\n", "\r\n", "\t", " ", "\0", ",", ":", "-", "--", "=", "0-4095", "1-0", "max 100000", "é", "\u{FEFF}",
    "\u{202E}", "\u{1B}[31m", "e\u{301}", String(repeating: "9", count: 400),
  ]

  /// Numbers at the ends of the usual ranges.
  private static let numbers = [
    "0", "1", "2", "3", "7", "64", "1000", "4294967296", "1000000000", "9223372036854775807",
    "18446744073709551615",
    "9007199254740993",
  ]

  private let changesNumbersMostly: Bool
  private var corpus: [[UInt8]]
  private var generator: SplitMix64

  /// Starts with real inputs.
  ///
  /// - Parameter changesNumbersMostly: Whether most changes are of numbers, so that more inputs are accepted, and what
  ///   is done with them is tried too.
  public init(_ seeds: [String], seed: UInt64, changesNumbersMostly: Bool = false) {
    self.init(bytes: seeds.map { Array($0.utf8) }, seed: seed, changesNumbersMostly: changesNumbersMostly)
  }

  /// Starts with real inputs that are no text.
  public init(bytes seeds: [[UInt8]], seed: UInt64, changesNumbersMostly: Bool = false) {
    corpus = seeds
    generator = SplitMix64(seed: seed)
    self.changesNumbersMostly = changesNumbersMostly
  }

  /// Tries inputs, one after the other.
  ///
  /// - Parameters:
  ///   - count: How many, times the factor.
  ///   - attempt: Tries an input, and tells whether it was accepted.
  /// - Returns: How many were accepted.
  public mutating func run(_ count: Int, _ attempt: (String) throws -> Bool) rethrows -> Int {
    var accepted = 0
    for _ in 0..<count * Self.factor {
      let input = next()
      guard try attempt(String(decoding: input, as: UTF8.self)) else { continue }
      accepted += 1
      if corpus.count < Self.corpusLimit {
        corpus.append(input)
      } else {
        corpus[Int.random(in: corpus.indices, using: &generator)] = input
      }
    }
    return accepted
  }

  /// The next input.
  public mutating func next() -> [UInt8] {
    var bytes = corpus.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes) }
    return Array(bytes.prefix(Self.sizeLimit))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    if changesNumbersMostly, Int.random(in: 0..<8, using: &generator) > 0 {
      return replaceNumber(in: &bytes, from: place)
    }
    let end = min(
      bytes.count, place + Int.random(in: 0...Int.random(in: 1...64, using: &generator), using: &generator))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.removeSubrange(place...)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 4: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
    case 5:
      bytes.replaceSubrange(place..<end, with: (Self.tokens.randomElement(using: &generator) ?? "").utf8)
    case 6: replaceNumber(in: &bytes, from: place)
    default:
      let other = corpus.randomElement(using: &generator) ?? []
      bytes.replaceSubrange(
        place..., with: other.dropFirst(Int.random(in: 0...other.count, using: &generator)))
    }
  }

  /// Replaces the next run of digits, so that what is around it still makes sense.
  private mutating func replaceNumber(in bytes: inout [UInt8], from place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    let isWild = Int.random(in: 0..<4, using: &generator) == 0
    let number = (isWild ? Self.tokens : Self.numbers).randomElement(using: &generator) ?? ""
    bytes.replaceSubrange(start..<end, with: number.utf8)
  }
}

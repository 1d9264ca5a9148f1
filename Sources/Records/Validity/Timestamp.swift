/// Returns whether a text is a time in UTC in the format of RFC 3339, to the second: `2026-11-28T00:36:21Z`.
///
/// Such texts are in the order of their times.
public func isTimestamp(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  let pattern = Array("0000-00-00T00:00:00Z".utf8)
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  guard bytes.count == pattern.count,
    zip(bytes, pattern).allSatisfy({ $1 == digits.lowerBound ? digits.contains($0) : $0 == $1 })
  else { return false }
  func number(at place: Int) -> Int {
    bytes[place..<place + 2].reduce(0) { $0 * 10 + Int($1 - digits.lowerBound) }
  }
  return 1...12 ~= number(at: 5) && 1...31 ~= number(at: 8) && number(at: 11) < 24 && number(at: 14) < 60
    && number(at: 17) <= 60
}

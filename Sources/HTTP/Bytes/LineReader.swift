/// Finds the lines of a head, which end with CR LF, in bytes that arrive in pieces.
///
/// Offsets count from the first byte of the message. Each byte is looked at once, however the bytes are split.
struct LineReader: Sendable {
  /// The offset of the next line.
  private(set) var lineStart = 0
  /// The offset up to which the bytes are known to hold no line end and no other control character.
  private var scanned = 0

  /// Returns the next line without its end; `nil` if its end is not before `limit`.
  @inline(__always)
  mutating func next(in bytes: RawSpan, limit: Int) throws(SyntaxError) -> Range<Int>? {
    let place = bytes.firstControl(from: scanned, to: limit)
    scanned = place
    if place >= limit { return nil }
    let byte = bytes.byte(place)
    guard byte == .cr else { throw byte == .lf ? .bareLineFeed : .controlCharacter(byte) }
    if place &+ 1 >= limit { return nil }
    guard bytes.byte(place &+ 1) == .lf else { throw .bareCarriageReturn }
    let line = lineStart..<place
    lineStart = place &+ 2
    scanned = lineStart
    return line
  }
}

/// The places of a header's name and value, as offsets from the first byte of the message.
public struct HeaderField: Equatable, Sendable {
  /// The name: a token.
  public let name: Range<Int>
  /// The value, without whitespace at its ends. Values may hold bytes from 0x80, which have no defined encoding.
  public let value: Range<Int>

  /// Splits a line that has no control characters but tabs (RFC 9112, section 5).
  @inline(__always)
  init(line: Range<Int>, in bytes: RawSpan) throws(SyntaxError) {
    let colon = bytes.tokenEnd(in: line)
    guard colon < line.upperBound, bytes.byte(colon) == UInt8(ascii: ":"), colon > line.lowerBound else {
      throw Self.error(line: line, nameEnd: colon, in: bytes)
    }
    name = line.lowerBound..<colon
    value = bytes.trimmed(colon &+ 1..<line.upperBound)
  }

  /// Returns the reason that a line is no header.
  private static func error(line: Range<Int>, nameEnd: Int, in bytes: RawSpan) -> SyntaxError {
    guard nameEnd < line.upperBound else { return .missingColon }
    let byte = bytes.byte(nameEnd)
    if byte.isBlank { return nameEnd == line.lowerBound ? .foldedLine : .spaceBeforeColon }
    return byte == UInt8(ascii: ":") ? .emptyName : .invalidNameCharacter(byte)
  }
}

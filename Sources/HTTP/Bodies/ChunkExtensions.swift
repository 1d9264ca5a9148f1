/// Checks the extensions of one chunk, byte by byte: `;name`, `;name=token` and `;name="quoted"` (RFC 9112,
/// section 7.1.1).
struct ChunkExtensions: Sendable {
  private enum Part {
    case nameStart, name, valueStart, value, quoted, escaped, quoteEnd
  }

  private var part = Part.nameStart

  /// Whether the line may end here.
  var mayEnd: Bool { part == .name || part == .value || part == .quoteEnd }

  /// Takes the next byte after the first `;`. Returns `false` if it may not be here.
  mutating func take(_ byte: UInt8) -> Bool {
    if mayEnd, byte == UInt8(ascii: ";") {
      part = .nameStart
      return true
    }
    let isToken = ByteSet.token.contains(byte)
    switch part {
    case .nameStart, .name:
      if part == .name, byte == UInt8(ascii: "=") {
        part = .valueStart
        return true
      }
      part = .name
      return isToken
    case .valueStart:
      part = byte == UInt8(ascii: "\"") ? .quoted : .value
      return isToken || part == .quoted
    case .value:
      return isToken
    case .quoted:
      if byte == UInt8(ascii: "\"") { part = .quoteEnd }
      if byte == UInt8(ascii: "\\") { part = .escaped }
      return !byte.isControl && byte < 0x80
    case .escaped:
      part = .quoted
      return !byte.isControl && byte < 0x80
    case .quoteEnd:
      return false
    }
  }
}

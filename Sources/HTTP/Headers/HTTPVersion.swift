/// The supported versions of HTTP.
public enum HTTPVersion: UInt8, Sendable {
  /// HTTP/1.0: a connection ends after one message unless both sides ask to keep it.
  case http10
  /// HTTP/1.1: a connection goes on unless one side asks to close it.
  case http11

  /// The version as messages write it, such as `HTTP/1.1`.
  public var name: StaticString {
    switch self {
    case .http10: "HTTP/1.0"
    case .http11: "HTTP/1.1"
    }
  }

  /// A version that is not supported, or no version at all.
  enum Problem: Error {
    case malformed, unsupported
  }

  /// The number of bytes of a version.
  static let length = 8

  /// Reads the 8 bytes from an offset (RFC 9112, section 2.3; the letters are upper case).
  @inline(__always)
  init(at offset: Int, in bytes: RawSpan) throws(Problem) {
    let word = bytes.word(offset)
    // "HTTP/1.x" with x in the highest byte.
    guard word & 0x00FF_FFFF_FFFF_FFFF == 0x002E_312F_5054_5448, word >> 57 == 0x18 else {
      let isVersion =
        word & 0x00FF_00FF_FFFF_FFFF == 0x002E_002F_5054_5448 && UInt8(truncatingIfNeeded: word >> 40).isDigit
        && UInt8(truncatingIfNeeded: word >> 56).isDigit
      throw isVersion ? .unsupported : .malformed
    }
    self = word >> 56 == 0x31 ? .http11 : .http10
  }
}

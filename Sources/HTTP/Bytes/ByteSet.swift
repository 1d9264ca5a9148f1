/// A set of ASCII characters.
struct ByteSet: Sendable {
  /// The characters of a token, such as a method or the name of a header (RFC 9110, section 5.6.2).
  static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }
  /// The characters of a path that need no escape: `pchar` and `/` (RFC 3986, section 3.3).
  static var path: ByteSet { ByteSet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
  /// The characters of a query that need no escape: those of a path, and `?` (RFC 3986, section 3.4).
  static var query: ByteSet { ByteSet(low: 0xAFFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
  /// The characters of a registered name that need no escape: unreserved characters and sub-delimiters (RFC 3986,
  /// section 3.2.2).
  static var registeredName: ByteSet { ByteSet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }

  private let low: UInt64
  private let high: UInt64

  /// Creates a set from the bits of the characters 0–63 and 64–127.
  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Returns whether a byte is one of the characters.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let bits = byte & 0x40 == 0 ? low : high
    return byte < 0x80 && bits & (1 << UInt64(byte & 0x3F)) != 0
  }
}

extension UInt8 {
  /// Carriage return.
  static var cr: UInt8 { 0x0D }
  /// Line feed.
  static var lf: UInt8 { 0x0A }
  /// Horizontal tab.
  static var tab: UInt8 { 0x09 }
  /// Space.
  static var space: UInt8 { 0x20 }

  /// Whether the byte is a space or a tab: optional whitespace (RFC 9110, section 5.6.3).
  @inline(__always)
  var isBlank: Bool { self == .space || self == .tab }
  /// Whether the byte is a control character other than a tab. Such bytes occur only as line ends.
  @inline(__always)
  var isControl: Bool { self < 0x20 && self != .tab || self == 0x7F }
  /// Whether the byte is a decimal digit.
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }
  /// The letter in lower case; any other byte as it is.
  var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
  /// The value of a hexadecimal digit; `nil` for any other byte.
  var hexadecimalValue: UInt8? {
    let letter = (self | 0x20) &- UInt8(ascii: "a")
    return isDigit ? self - 0x30 : letter < 6 ? letter + 10 : nil
  }
}

/// A violation of the grammar that requests and responses share (RFC 9112, sections 2.2 and 5).
public enum SyntaxError: Error, Equatable, Sendable {
  /// A carriage return without a line feed after it.
  case bareCarriageReturn
  /// A line feed without a carriage return before it. RFC 9112 lets a recipient accept it; two recipients that differ
  /// in that see different requests.
  case bareLineFeed
  /// A control character other than a tab, such as NUL.
  case controlCharacter(UInt8)
  /// A line of the head that starts with a space or tab: a folded header, or whitespace before the first one.
  case foldedLine
  /// A header without a colon.
  case missingColon
  /// A header whose name is empty.
  case emptyName
  /// A space or tab between the name of a header and its colon.
  case spaceBeforeColon
  /// A character in the name of a header that no token has.
  case invalidNameCharacter(UInt8)
}

extension SyntaxError: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .bareCarriageReturn: "carriage return without line feed (lines end with CR LF)"
    case .bareLineFeed: "line feed without carriage return (lines end with CR LF)"
    case .controlCharacter(let byte): "control character \(hexadecimal(byte))"
    case .foldedLine: "header line starts with whitespace (write each header on one line)"
    case .missingColon: "header without a colon"
    case .emptyName: "header without a name"
    case .spaceBeforeColon: "whitespace between a header's name and its colon"
    case .invalidNameCharacter(let byte): "invalid character \(hexadecimal(byte)) in a header's name"
    }
  }
}

/// Returns a byte as `0x` and two digits.
func hexadecimal(_ byte: UInt8) -> String {
  "0x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}

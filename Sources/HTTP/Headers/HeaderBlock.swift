/// Header lines as they are sent, such as `X-Worker: 1/4711`, checked and encoded once for many messages.
///
/// No name or value in it has a line end, so that no header can start another one ("response splitting", RFC 9112,
/// section 11.1).
public struct HeaderBlock: Equatable, Sendable {
  /// A header that cannot be sent.
  public enum Problem: Error, Equatable, Sendable {
    /// The name is not a token (RFC 9110, section 5.1).
    case invalidName(String)
    /// The value of this header has whitespace at an end, or a character other than printable ASCII, space and tab.
    case invalidValue(name: String)
    /// The writer itself sends this header: Connection, Content-Length, Host or Transfer-Encoding.
    case reserved(String)
  }

  /// The lines, with their ends.
  private(set) var bytes: [UInt8] = []

  /// Creates an empty block.
  public init() {}

  /// Creates a block of headers in this order.
  public init(_ headers: KeyValuePairs<String, String>) throws(Problem) {
    for (name, value) in headers { try append(name, value) }
  }

  /// Adds a header.
  public mutating func append(_ name: String, _ value: String) throws(Problem) {
    let nameBytes = Array(name.utf8)
    guard !nameBytes.isEmpty, nameBytes.allSatisfy(ByteSet.token.contains) else { throw .invalidName(name) }
    switch HeaderKind(name: nameBytes.indices, in: nameBytes.span.bytes) {
    case .connection, .contentLength, .host, .transferEncoding: throw .reserved(name)
    case .expect, .hopByHop, .other: break
    }
    let valueBytes = Array(value.utf8)
    guard valueBytes.allSatisfy({ !$0.isControl && $0 < 0x80 }),
      valueBytes.span.bytes.trimmed(valueBytes.indices) == valueBytes.indices
    else { throw .invalidValue(name: name) }
    bytes += nameBytes
    bytes += [UInt8(ascii: ":"), .space]
    bytes += valueBytes
    bytes += [.cr, .lf]
  }
}

extension HeaderBlock.Problem: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .invalidName(let name): "invalid header name: '\(oneLine(name))' (expected a token such as X-Worker)"
    case .invalidValue(let name): "invalid value of header \(name) (expected printable ASCII)"
    case .reserved(let name): "header \(name) is written automatically (remove it)"
    }
  }
}

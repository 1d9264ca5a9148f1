/// The parts of a URL such as `http://127.0.0.1:8080/api/1000?verbose` (RFC 3986; RFC 9110, section 4.2.1).
public struct URLParts: Equatable, Sendable {
  /// The kind of a host.
  public enum HostKind: Sendable {
    /// A name, to be looked up.
    case name
    /// Four numbers.
    case ipv4
    /// An IPv6 address.
    case ipv6
  }

  /// The port of `http` URLs without one.
  public static let defaultPort: UInt16 = 80

  /// The host, without the brackets of an IPv6 address.
  public let host: String
  /// The kind of the host.
  public let hostKind: HostKind
  /// The port.
  public let port: UInt16
  /// The path and query, as the request target: at least `/`.
  public let target: String

  /// The host and, unless it is the default, the port: the value of Host.
  public var authority: String {
    (hostKind == .ipv6 ? "[\(host)]" : host) + (port == Self.defaultPort ? "" : ":\(port)")
  }

  /// Reads a URL.
  public init(_ text: String) throws(URLParts.Problem) {
    let bytes = Array(text.utf8)
    let span = bytes.span.bytes
    let start = try Self.schemeEnd(span, text)
    let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count
    if bytes[start..<end].contains(UInt8(ascii: "@")) { throw .userInformation }
    let authority: Authority
    do throws(Authority.Problem) {
      authority = try Authority(start..<end, in: span)
    } catch {
      throw error == .port ? .invalidPort(text) : .invalidHost(text)
    }
    guard let kind = Self.kind(of: authority.host, in: span) else { throw .invalidHost(text) }
    if authority.port == 0 { throw .invalidPort(text) }
    hostKind = kind
    host = span.text(in: kind == .ipv6 ? authority.host.dropFirst().dropLast() : authority.host)
    port = authority.port ?? Self.defaultPort
    target = try Self.target(bytes[end...])
  }

  private static func schemeEnd(_ span: RawSpan, _ text: String) throws(Problem) -> Int {
    var end = 0
    while end < span.byteCount, ByteSet.token.contains(span.byte(end)) { end += 1 }
    guard end > 0, span.extracting(end...).starts(with: "://") else { throw .missingScheme(text) }
    if span.matches("https", in: 0..<end) { throw .https }
    guard span.matches("http", in: 0..<end) else { throw .unsupportedScheme(span.text(in: 0..<end)) }
    return end + 3
  }

  /// Returns the kind of a host; `nil` for an invalid one. A host whose last label is a number must be an address.
  private static func kind(of host: Range<Int>, in span: RawSpan) -> HostKind? {
    if host.isEmpty { return nil }
    if span.byte(host.lowerBound) == UInt8(ascii: "[") { return .ipv6 }
    if InternetAddress.isIPv4(host, in: span) { return .ipv4 }
    let labels = span.text(in: host).split(separator: ".", omittingEmptySubsequences: false).map(\.utf8)
    // A final dot marks a name as complete.
    let names = labels.count > 1 && labels.last?.isEmpty == true ? labels.dropLast() : labels[...]
    let isName = names.allSatisfy { label in
      1...63 ~= label.count && label.allSatisfy { isNameByte($0) }
        && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
    }
    guard isName, host.count <= 253, names.last?.allSatisfy(\.isDigit) == false else { return nil }
    return .name
  }

  /// Returns whether a byte is a letter, a digit, a hyphen or an underscore.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.lowercased &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }

  /// Returns the path and query, from the end of the host.
  private static func target(_ rest: ArraySlice<UInt8>) throws(Problem) -> String {
    let text = String(decoding: rest, as: UTF8.self)
    if rest.contains(UInt8(ascii: "#")) { throw .fragment }
    let target = Array(((rest.first == UInt8(ascii: "/") ? "" : "/") + text).utf8)
    guard (try? RequestTarget(target.indices, method: .get, in: target.span.bytes)) != nil else {
      throw .invalidTarget(text)
    }
    return String(decoding: target, as: UTF8.self)
  }
}

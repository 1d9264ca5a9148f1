import Platform

/// The address of a stream of jobs in Redis: `redis://HOST[:PORT][/KEY]`.
public struct RedisAddress: Equatable, Sendable, CustomStringConvertible {
  /// The host: a name or a numeric address.
  public let host: String
  /// The port.
  public let port: Int
  /// The key of the stream. The results are in the hash `KEY:results`.
  public let key: String

  /// The port of Redis.
  private static let defaultPort = 6379
  private static let defaultKey = "scaleup:jobs"
  private static let scheme = "redis://"

  /// Reads an address; `nil` if the text is none.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.scheme) else { return nil }
    let parts = text.dropFirst(Self.scheme.count).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let (host, port) = Self.server(name) else { return nil }
    key = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : Self.defaultKey
    guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    (self.host, self.port) = (host, port)
  }

  private static func server(_ text: Substring) -> (host: String, port: Int)? {
    if text.contains("@") { return nil }
    var (host, rest) = (text, Substring())
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return nil }
      (host, rest) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
    } else if let colon = text.firstIndex(of: ":") {
      (host, rest) = (text[..<colon], text[colon...])
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    if rest.isEmpty { return (String(host), defaultPort) }
    guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port) else { return nil }
    return (String(host), port)
  }

  /// The key of the results.
  var results: String { key + ":results" }

  /// The host and the port, as URLs write them.
  public var description: String { socketName(host, port) }
}

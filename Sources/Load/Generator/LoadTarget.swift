import HTTP
import Platform

/// The server that a load run sends requests to.
public struct LoadTarget: Equatable, Sendable {
  /// The numeric address.
  public let address: String
  /// The port.
  public let port: Int
  /// The value of the header Host.
  public let authority: String

  /// The reason that a URL is no acceptable target.
  public enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The host is not this machine, and `isRemoteAllowed` is false.
    case remote(String)
    /// The host has no address.
    case unknownHost(HostName.Unknown)

    /// One line with the remedy.
    public var description: String {
      switch self {
      case .remote(let host):
        "\(host) is not this machine (to load a server that you may load, add --remote)"
      case .unknownHost(let error): "\(error)"
      }
    }
  }

  /// Creates the target of a URL. Only if other machines are allowed is a name looked up, which can take seconds.
  ///
  /// - Parameters:
  ///   - url: The URL.
  ///   - isRemoteAllowed: Whether the host may be another machine.
  /// - Throws: `Problem`.
  public init(_ url: URLParts, isRemoteAllowed: Bool = false) throws(Problem) {
    port = Int(url.port)
    authority = url.authority
    if let address = Self.loopbackAddress(of: url) {
      self.address = address
      return
    }
    guard isRemoteAllowed else { throw .remote(url.host) }
    if url.hostKind != .name {
      address = url.host
      return
    }
    do throws(HostName.Unknown) {
      address = try HostName.address(of: url.host)
    } catch {
      throw .unknownHost(error)
    }
  }

  /// Returns the address of a host that is this machine by definition: `localhost` (RFC 6761, section 6.3), 127.0.0.0/8 and
  /// ::1; `nil` for any other.
  private static func loopbackAddress(of url: URLParts) -> String? {
    switch url.hostKind {
    case .name: ["localhost", "localhost."].contains(url.host.lowercased()) ? "127.0.0.1" : nil
    case .ipv4: url.host.hasPrefix("127.") ? url.host : nil
    case .ipv6: url.host == "::1" ? url.host : nil
    }
  }
}

import CPlatform

/// The name of a host.
public enum HostName {
  /// A name without an address.
  public struct Unknown: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name.
    public let name: String
    /// The reason, in the words of the system.
    public let reason: String

    /// One line with the name and the reason.
    public var description: String { "cannot find host \(name): \(reason)" }
  }

  /// Looks up the address of a host, which can take seconds.
  ///
  /// - Returns: The first address, as the system orders them.
  /// - Throws: `Unknown`.
  public static func address(of name: String) throws(Unknown) -> String {
    // An address, its scope and the zero byte (`NI_MAXHOST`).
    var address = [CChar](repeating: 0, count: 1025)
    if let reason = scaleup_look_up(name, &address, address.count) {
      throw Unknown(name: name, reason: String(cString: reason))
    }
    return String(decoding: address.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

import CPlatform

/// A socket that accepts connections.
public struct Listener: Sendable {
  /// The socket.
  public let descriptor: Descriptor
  /// The port, as chosen by the system if none was asked for.
  public let port: Int

  /// The connections that may wait to be accepted.
  private static let backlog: Int32 = 4096

  /// Opens a listener.
  ///
  /// - Parameters:
  ///   - address: A numeric IPv4 or IPv6 address of this machine.
  ///   - port: The port; 0 lets the system choose.
  ///   - sharesPort: Whether other listeners of the same user may have the port too, among which the system distributes
  ///     connections.
  /// - Throws: `SystemError`.
  public init(address: String, port: Int, sharesPort: Bool = false) throws(SystemError) {
    descriptor = Descriptor(
      owning: try system("listen on", socketName(address, port)) {
        scaleup_listen(address, UInt16(clamping: port), Self.backlog, sharesPort)
      })
    self.port = Int(scaleup_local_port(descriptor.number))
  }

  /// Accepts a connection, which does not wait: see `Descriptor.receive`.
  ///
  /// - Returns: The connection; `nil` if none waits, or if it was given up by its peer.
  /// - Throws: `SystemError`, for example if no descriptor is left.
  public func accept() throws(SystemError) -> Descriptor? {
    let number = scaleup_accept(descriptor.number)
    if number >= 0 { return Descriptor(owning: number) }
    let code = scaleup_errno()
    if Self.isTransient(code) { return nil }
    throw SystemError(operation: "accept a connection", code: code)
  }

  /// Lets no more connections begin, if the system can do that: Linux drops the requests for them. All that are being made can then,
  /// a little later, be accepted before `stop()`, which resets those that were not. A client whose request is dropped asks again after a second,
  /// and is refused.
  public func holdOff() {
    scaleup_hold_off(descriptor.number)
  }

  /// Stops listening in all processes that have this listener, if the system can do that. Elsewhere it ends when all of them have
  /// closed it.
  public func stop() {
    _ = scaleup_shut_down(descriptor.number, 2)
  }

  /// Returns whether there is no connection, or the next was given up before it was accepted (accept(2), "Error handling").
  private static func isTransient(_ code: Int32) -> Bool {
    [EAGAIN, EINTR, ECONNABORTED, EPROTO, ENETDOWN, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH].contains(code)
  }
}

/// Returns whether a text is a numeric IPv4 or IPv6 address.
public func isAddress(_ text: String) -> Bool {
  scaleup_is_address(text)
}

/// Returns an address and a port as URLs write them.
public func socketName(_ address: String, _ port: Int) -> String {
  address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
}

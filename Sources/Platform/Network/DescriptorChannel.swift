import CPlatform

/// Two connected ends over which one process gives open descriptors to another.
public struct DescriptorChannel: Sendable {
  /// The end that gives.
  public let sender: Descriptor
  /// The end that takes. It is readable when a descriptor has arrived, or when the other end is closed.
  public let receiver: Descriptor

  /// Creates a channel. Neither end waits.
  ///
  /// - Throws: `SystemError`.
  public init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    try system("create a pair of sockets") { scaleup_socket_pair(&ends) }
    sender = Descriptor(owning: ends[0])
    receiver = Descriptor(owning: ends[1])
  }
}

extension Descriptor {
  /// Gives a copy of a descriptor to the process at the other end of a channel.
  ///
  /// - Returns: Whether it was taken: not if the other process has ended or has too many that it has not received.
  public func give(_ descriptor: Descriptor) -> Bool {
    scaleup_pass_descriptor(number, descriptor.number) == 0
  }

  /// Returns the next descriptor that was given at the other end of a channel; `nil` if there is none now.
  ///
  /// - Throws: `SystemError`, with `isBrokenPipe` if the other end is closed.
  public func take() throws(SystemError) -> Descriptor? {
    let taken = scaleup_receive_descriptor(number)
    if taken >= 0 { return Descriptor(owning: taken) }
    let code = scaleup_errno()
    if code == EAGAIN || code == EINTR { return nil }
    throw SystemError(operation: "receive a connection", code: code)
  }
}

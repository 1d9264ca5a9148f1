import CPlatform

/// The result of a transfer.
public enum Transfer: Equatable, Sendable {
  /// So many bytes were transferred, at least one.
  case bytes(Int)
  /// Nothing can be transferred now, or within the time limit.
  case wouldBlock
  /// The peer has ended the stream, or the connection is broken; with the error number, 0 if the peer ended it in order.
  case ended(Int32)
}

/// Transfers over sockets.
extension Descriptor {
  /// Begins to connect to a numeric address. The socket is writable when it is connected or has failed.
  ///
  /// - Throws: `SystemError`.
  public static func connecting(to address: String, port: Int) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try system("connect to", socketName(address, port)) {
        scaleup_connect(address, UInt16(clamping: port))
      })
  }

  /// Reads what has arrived, at most as much as the buffer holds.
  public func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    while true {
      let count = CPlatform.read(number, buffer.baseAddress, buffer.count)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended(0) }
      switch scaleup_errno() {
      case EINTR: continue
      case EAGAIN: return .wouldBlock
      case let code: return .ended(code)
      }
    }
  }

  /// Sends as much as the system takes of bytes, of which there is at least one.
  public func send(_ bytes: UnsafeRawBufferPointer) -> Transfer {
    guard let first = bytes.baseAddress else { return .wouldBlock }
    while true {
      let count = scaleup_send(number, first, bytes.count)
      if count > 0 { return .bytes(count) }
      switch scaleup_errno() {
      case EINTR: continue
      case EAGAIN: return .wouldBlock
      case let code: return .ended(code)
      }
    }
  }

  /// Returns the error number for which a socket could not connect; 0 if it did.
  public func connectionError() -> Int32 {
    scaleup_socket_error(number)
  }

  /// Makes transfers of a connection wait for the peer, at most so many nanoseconds.
  ///
  /// - Throws: `SystemError`.
  public func waitForPeer(atMost nanoseconds: UInt64) throws(SystemError) {
    try system("set a time limit") { scaleup_wait_for_peer(number, Int64(clamping: nanoseconds)) }
  }

  /// Ends the stream that is sent. What the peer sends can still be read.
  public func endSending() {
    _ = scaleup_shut_down(number, false)
  }

  /// Ends the stream that is received, so that a thread that waits for it goes on. Answers can still be sent.
  public func endReceiving() {
    _ = scaleup_shut_down(number, true)
  }
}

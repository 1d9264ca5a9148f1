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

  /// Connects to a Unix stream socket. Neither connecting nor transfers wait, unless `receiveWaiting` says so.
  ///
  /// - Parameter path: The path of the socket, of at most about a hundred bytes.
  /// - Throws: `SystemError`.
  public static func connecting(toSocket path: String) throws(SystemError) -> Descriptor {
    Descriptor(owning: try system("connect to", path) { scaleup_connect_path(path.systemString) })
  }

  /// Receives what has arrived, at most as much as the buffer holds.
  ///
  /// - Parameter waits: Whether it waits for something to arrive, as `receiveWaiting(atMost:)` allows.
  public func receive(into buffer: UnsafeMutableRawBufferPointer, waits: Bool = false) -> Transfer {
    guard let first = buffer.baseAddress else { return .wouldBlock }
    while true {
      let count = scaleup_receive(number, first, buffer.count, waits)
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

  /// Returns the numeric address of a connection's peer; `nil` if it is no longer connected.
  public func peerAddress() -> String? {
    // The longest IPv6 address and the zero byte (`INET6_ADDRSTRLEN`).
    var text = [CChar](repeating: 0, count: 46)
    guard scaleup_peer_address(number, &text, text.count) == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Lets `receive` wait for the peer, at most so many nanoseconds. Sending still does not wait.
  ///
  /// - Throws: `SystemError`.
  public func receiveWaiting(atMost nanoseconds: UInt64) throws(SystemError) {
    try system("set a time limit") { scaleup_receive_waiting(number, Int64(clamping: nanoseconds)) }
  }

  /// Waits until something can be sent, at most so many nanoseconds.
  ///
  /// - Returns: Whether it can, or the connection is broken.
  public func waitUntilWritable(atMost nanoseconds: UInt64) -> Bool {
    Platform.waitUntilWritable(number, for: Int32(clamping: nanoseconds / 1_000_000 + 1)) != 0
  }

  /// Makes closing the connection a reset, so that the peer learns that it is broken.
  public func resetOnClose() {
    _ = scaleup_reset_on_close(number)
  }

  /// Ends the stream that is sent. What the peer sends can still be read.
  public func endSending() {
    _ = scaleup_shut_down(number, 1)
  }

  /// Ends the stream that is received, so that a thread that waits for it goes on. Answers can still be sent.
  public func endReceiving() {
    _ = scaleup_shut_down(number, 0)
  }
}

import HTTP
import Platform

/// A connection to an instance over which one request at a time is sent. It never waits: its owner watches the socket.
final class RequestConnection {
  /// The end of a request.
  enum Outcome: Equatable {
    /// The answer, with the beginning of its body.
    case answered(Status, [UInt8])
    /// No answer, with the reason, and whether the instance may have received the request.
    case broken(String, wasSent: Bool)
  }

  /// The socket.
  let descriptor: Descriptor
  /// The events for which it is to be watched.
  var interest: EventQueue.Interest { isConnected && unsent.isEmpty ? .reading : .writing }
  /// Whether another request can be sent.
  private(set) var isReusable = true

  private var isConnected = false
  private var unsent: ArraySlice<UInt8> = []
  private var wasSent = false
  private var received: [UInt8] = []
  private var parser: ResponseParser

  /// The most bytes of a body, and the most of them that are kept.
  private static let (mostBytes, mostKept) = (1 << 20, 4096)
  private static let bufferSize = 16 << 10

  /// Begins to connect.
  ///
  /// - Throws: `SystemError`.
  init(to address: String, port: Int) throws(SystemError) {
    descriptor = try .connecting(to: address, port: port)
    var limits = ResponseLimits()
    limits.body = Self.mostBytes
    parser = ResponseParser(limits: limits, keepsBody: true, mostKept: Self.mostKept)
  }

  /// Begins a request. The last one must have been answered.
  func begin(_ request: [UInt8]) -> Outcome? {
    (unsent, wasSent) = (request[...], false)
    return isConnected ? sendRest() : nil
  }

  /// Handles an event.
  ///
  /// - Returns: The end of the request; `nil` if it goes on.
  func advance() -> Outcome? {
    if !isConnected {
      let code = descriptor.connectionError()
      if code != 0 { return broken("cannot connect", code) }
      isConnected = true
    }
    if !unsent.isEmpty { return sendRest() }
    return receive()
  }

  private func sendRest() -> Outcome? {
    while !unsent.isEmpty {
      switch unsent.withUnsafeBytes({ descriptor.send($0) }) {
      case .bytes(let count):
        unsent = unsent.dropFirst(count)
        wasSent = true
      case .wouldBlock: return nil
      case .ended(let code): return broken("connection broken", code)
      }
    }
    return nil
  }

  private func receive() -> Outcome? {
    let transfer = withUnsafeTemporaryAllocation(byteCount: Self.bufferSize, alignment: 16) { buffer in
      let transfer = descriptor.receive(into: buffer)
      if case .bytes(let count) = transfer { received += UnsafeRawBufferPointer(buffer).prefix(count) }
      return transfer
    }
    switch transfer {
    case .wouldBlock: return nil
    case .bytes: return note(parser.parse(received.span.bytes))
    case .ended(0): return note(parser.end())
    case .ended(let code): return broken("connection broken", code)
    }
  }

  private func note(_ progress: ResponseProgress) -> Outcome? {
    switch progress {
    case .needsMore(let kept):
      received.removeSubrange(kept...)
      return nil
    case .response(let response, let consumed):
      received.removeFirst(consumed)
      // Bytes behind the answer answer nothing.
      isReusable = response.keepsAlive && received.isEmpty
      return .answered(response.status, parser.bodyBytes)
    case .failure(let error):
      isReusable = false
      return .broken("\(error)", wasSent: wasSent)
    }
  }

  private func broken(_ reason: String, _ code: Int32) -> Outcome {
    isReusable = false
    let cause =
      switch ConnectionFailure(code: code) {
      case .refused: "connection refused"
      case .timedOut: "connection timed out"
      case .localLimit: "no descriptor, port or memory left for a connection"
      case .reset, .unconnected: reason
      }
    return .broken(cause, wasSent: wasSent)
  }
}

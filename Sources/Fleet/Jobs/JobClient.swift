import HTTP
import Platform

/// A connection of a client of the queue. Its requests are answered in their order. One that waits for the store delays those
/// behind it.
final class JobClient {
  /// The answer to a request.
  enum Reply {
    /// It was appended to the output.
    case now
    /// It comes with `answerLater`.
    case later
  }

  /// The socket.
  let descriptor: Descriptor
  /// The number of the connection.
  let token: UInt64
  /// The events for which it is watched.
  var interest = EventQueue.Interest.reading
  /// The request that waits for the store.
  private(set) var waiting: Request?
  /// Whether the socket is to be closed.
  private(set) var isOver = false
  /// The deadline of the client.
  private(set) var deadline: UInt64

  private var parser: RequestParser
  private var received: [UInt8] = []
  private var output: [UInt8] = []
  /// Whether receiving has ended.
  private var isEnding = false
  private var isLingering = false

  private static let bufferSize = 16 << 10
  /// The nanoseconds that a client has for its next request or for reading an answer, and for closing after the last one.
  private static let (patience, lingering): (UInt64, UInt64) = (60_000_000_000, 2_000_000_000)

  /// Takes a connection that was accepted.
  init(_ descriptor: Descriptor, token: UInt64, now: UInt64) {
    (self.descriptor, self.token, deadline) = (descriptor, token, now + Self.patience)
    var limits = RequestLimits()
    limits.body = JobPath.mostBytes
    parser = RequestParser(limits: limits, keepsBody: true)
  }

  /// The events that it needs.
  var neededInterest: EventQueue.Interest {
    if !output.isEmpty { return .writing }
    return waiting == nil ? .reading : []
  }

  /// Handles an event.
  ///
  /// - Parameter answer: Answers a request into the output, given the bytes that were parsed and the body.
  func advance(
    at now: UInt64, _ answer: (Request, RawSpan, [UInt8], inout [UInt8]) -> Reply
  ) {
    if output.isEmpty {
      switch receive() {
      case .wouldBlock: return
      case .ended: isOver = true
      case .bytes:
        deadline = isLingering ? deadline : now + Self.patience
        if isEnding { received = [] } else { answerReceived(at: now, answer) }
      }
    }
    send(at: now)
  }

  /// Answers the request that waited, and those behind it.
  ///
  /// - Parameter reply: Appends the answer.
  func answerLater(
    at now: UInt64, _ reply: (Request, inout [UInt8]) -> Void,
    others answer: (Request, RawSpan, [UInt8], inout [UInt8]) -> Reply
  ) {
    guard let request = waiting else { return }
    waiting = nil
    deadline = now + Self.patience
    reply(request, &output)
    if request.keepsAlive { answerReceived(at: now, answer) } else { isEnding = true }
    send(at: now)
  }

  /// Ends the connection of a client that has taken too long.
  func expire() {
    if waiting == nil { isOver = true }
  }

  private func receive() -> Transfer {
    withUnsafeTemporaryAllocation(byteCount: Self.bufferSize, alignment: 16) { buffer in
      let transfer = descriptor.receive(into: buffer)
      if case .bytes(let count) = transfer { received += UnsafeRawBufferPointer(buffer).prefix(count) }
      return transfer
    }
  }

  private func answerReceived(
    at now: UInt64, _ answer: (Request, RawSpan, [UInt8], inout [UInt8]) -> Reply
  ) {
    let bytes = received
    received = []
    var start = 0
    while waiting == nil, !isEnding, start < bytes.count {
      let rest = bytes.span.bytes.extracting(start...)
      switch parser.parse(rest) {
      case .needsMore(let kept):
        received = Array(bytes[start..<start + kept])
        return
      case .needsContinue(let kept):
        ResponseWriter.appendContinue(into: &output)
        received = Array(bytes[start..<start + kept])
        return
      case .failure(let error):
        ResponseWriter().append(error, into: &output)
        isEnding = true
      case .request(let request, let consumed):
        start += consumed
        if case .later = answer(request, rest, parser.bodyBytes, &output) {
          waiting = request
        } else if !request.keepsAlive {
          isEnding = true
        }
      }
    }
    // Requests behind one that waits.
    if !isEnding { received = Array(bytes[start...]) }
  }

  private func send(at now: UInt64) {
    while !output.isEmpty, !isOver {
      switch output.withUnsafeBytes({ descriptor.send($0) }) {
      case .bytes(let count): output.removeFirst(count)
      case .wouldBlock: return
      case .ended: isOver = true
      }
    }
    if isEnding, !isLingering {
      // The client reads the last answer before it sees the end: closing now could reset the connection.
      descriptor.endSending()
      (isLingering, deadline) = (true, now + Self.lingering)
    }
  }
}

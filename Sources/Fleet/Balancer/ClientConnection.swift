import HTTP
import Platform

/// A connection of a client. It has at most one request in flight; those behind it wait.
final class ClientConnection: WatchedConnection {
  /// The states of a connection.
  enum State {
    /// It waits for the head of a request.
    case waiting
    /// A request is in flight.
    case exchanging
    /// The last answer is being sent; whether the client may still be sending.
    case closing(lingers: Bool)
    /// Everything from the client is discarded, so that it receives the last answer: closing a socket with unread bytes
    /// resets the connection, and the answer may be lost (RFC 9112, section 9.6).
    case lingering
    /// It is closed.
    case closed
  }

  let descriptor: Descriptor
  var token: UInt64 = 0
  var interest = EventQueue.Interest.reading
  var interestChanged: UInt64 = 0

  var state = State.waiting
  /// The header with the client's address.
  let forwardedFor: HeaderBlock
  /// The parser of the requests.
  var parser: RequestParser
  /// The bytes that were received and not parsed: the beginning of a head, or requests behind the one in flight.
  var kept: [UInt8] = []
  /// The bytes that the client has not taken yet.
  var unsent: [UInt8] = []
  /// The number of those that it has taken.
  var sent = 0
  /// Whether the client has ended its stream.
  var hasEnded = false
  /// Whether its requests are being parsed, to prevent recursion.
  var isParsing = false
  /// The start of the current wait: for a head, a request or a close, or since the last progress of a body or an answer.
  var since: UInt64

  /// The request in flight, and its body.
  var request: Request?
  var body = MessageBody.none
  /// The time at which its head was complete.
  var begun: UInt64 = 0
  /// The bytes for the target: kept until the answer begins if the request may be sent again.
  var outgoing: [UInt8] = []
  /// The number of those that the target has taken.
  var outgoingSent = 0
  /// Whether the request may be sent again although a target may have received it: a GET or HEAD without body.
  var isRepeatable = false
  /// Whether it was sent again.
  var wasRepeated = false
  /// The connection to the target that has the request.
  var upstream: TargetConnection?
  /// Whether the connection ends after the answer.
  var closesAfterAnswer = false

  /// Creates a connection that was just accepted.
  init(_ descriptor: Descriptor, limits: RequestLimits, at now: UInt64) {
    self.descriptor = descriptor
    parser = RequestParser(limits: limits)
    since = now
    forwardedFor =
      (try? HeaderBlock(["X-Forwarded-For": descriptor.peerAddress() ?? "unknown"])) ?? HeaderBlock()
  }

  /// Whether all bytes for the target were sent.
  var isForwarded: Bool { outgoingSent == outgoing.count }

  /// Whether it waits for a request and none has begun.
  var isIdle: Bool {
    if case .waiting = state { return kept.isEmpty && unsent.isEmpty && parser.phase == .idle }
    return false
  }

  /// Whether it is closed.
  var isClosed: Bool { if case .closed = state { true } else { false } }

  /// Forgets the request that was in flight.
  func endExchange() {
    request = nil
    outgoing.removeAll(keepingCapacity: outgoing.capacity <= Self.keptCapacity)
    outgoingSent = 0
  }

  /// The most bytes of memory that a connection keeps for its next request.
  static let keptCapacity = 16 << 10
}

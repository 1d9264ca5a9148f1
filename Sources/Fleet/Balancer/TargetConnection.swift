import HTTP
import Platform

/// A connection to a target, with or without a request.
final class TargetConnection: WatchedConnection {
  let descriptor: Descriptor
  let target: BalancedTarget
  var token: UInt64 = 0
  var interest = EventQueue.Interest.writing
  var interestChanged: UInt64 = 0

  /// The client whose request it has; `nil` if it has none.
  var client: ClientConnection?
  /// Whether it is known to be connected.
  var isConnected = false
  /// Whether it has carried a request before.
  var isUsed = false
  /// The time of the last byte, or of the request if none has come since.
  var heardAt: UInt64
  /// Whether a byte of the answer has arrived.
  var hasAnswer = false
  /// The parser of the answers.
  var parser: ResponseParser
  /// The bytes of an incomplete head.
  var kept: [UInt8] = []
  /// The head of the answer, and the body that follows it; `nil` before the final head.
  var answer: (head: PassedResponse, body: MessageBody)?
  /// Whether it is closed.
  var isClosed = false

  /// Creates a connection that is being opened.
  init(_ descriptor: Descriptor, to target: BalancedTarget, limits: ResponseLimits, at now: UInt64) {
    (self.descriptor, self.target, heardAt) = (descriptor, target, now)
    parser = ResponseParser(limits: limits)
  }
}

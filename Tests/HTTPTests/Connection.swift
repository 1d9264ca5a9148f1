import TestSupport

@testable import HTTP

/// A result that a server or client acts upon, and the number of bytes of the stream before it.
enum Event<Message: Equatable, Failure: Equatable>: Equatable {
  case message(Message, end: Int)
  case failure(Failure)

  var message: Message? {
    if case .message(let message, _) = self { message } else { nil }
  }
  var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}

typealias RequestEvent = Event<ParsedRequest, RequestError>

/// Feeds pieces of a stream to a parser as a server does, until the connection would be closed.
func requestEvents(_ pieces: [ArraySlice<UInt8>], limits: RequestLimits = RequestLimits()) -> [RequestEvent] {
  var parser = RequestParser(limits: limits)
  var events: [RequestEvent] = []
  var (buffer, received): ([UInt8], Int) = ([], 0)
  for piece in pieces {
    buffer += piece
    received += piece.count
    receiving: while true {
      switch parser.parse(buffer.span.bytes) {
      case .needsMore(let kept), .needsContinue(let kept):
        precondition(kept <= limits.head)
        buffer.removeLast(buffer.count - kept)
        break receiving
      case .request(let request, let consumed):
        let parsed = ParsedRequest(request, in: buffer.span.bytes)
        buffer.removeFirst(consumed)
        events.append(.message(parsed, end: received - buffer.count))
        if !request.keepsAlive { return events }
      case .failure(let error):
        return events + [.failure(error)]
      }
    }
  }
  return events
}

/// Feeds text as one piece.
func requestEvents(_ text: String, limits: RequestLimits = RequestLimits()) -> [RequestEvent] {
  requestEvents([Array(text.utf8)[...]], limits: limits)
}

/// Returns the only request in a text; `nil` if there is another number of them, or a failure.
func onlyRequest(_ text: String) -> ParsedRequest? {
  let events = requestEvents(text)
  return events.count == 1 ? events[0].message : nil
}

/// Returns the failure that ends a text; `nil` if it is acceptable.
func failure(_ text: String, limits: RequestLimits = RequestLimits()) -> RequestError? {
  requestEvents(text, limits: limits).last?.failure
}

extension [UInt8] {
  /// Splits the bytes into pieces of one byte.
  var singles: [ArraySlice<UInt8>] { indices.map { self[$0...$0] } }

  /// Splits the bytes at up to `count` random places.
  func split(_ count: Int, _ generator: inout SplitMix64) -> [ArraySlice<UInt8>] {
    let places = (0..<count).map { _ in Int.random(in: 0...self.count, using: &generator) }.sorted()
    return zip([0] + places, places + [self.count]).map { self[$0..<$1] }
  }
}

extension RequestParser {
  mutating func parse(_ bytes: [UInt8]) -> RequestProgress { parse(bytes.span.bytes) }
}

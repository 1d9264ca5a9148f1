@testable import HTTP

/// A response with its body, which can be compared however its bytes were split.
struct ParsedResponse: Equatable {
  let response: Response
  let body: [UInt8]
}

typealias ResponseEvent = Event<ParsedResponse, ResponseError>

/// Feeds pieces of a stream, and then its end, to a parser as a client does, until it would close the connection.
func responseEvents(
  _ pieces: [ArraySlice<UInt8>], answering methods: [Method] = [], limits: ResponseLimits = ResponseLimits()
) -> [ResponseEvent] {
  var parser = ResponseParser(limits: limits, header: "X-Worker", keepsBody: true)
  var events: [ResponseEvent] = []
  var (buffer, received): ([UInt8], Int) = ([], 0)
  for piece in pieces {
    buffer += piece
    received += piece.count
    receiving: while true {
      let method = events.count < methods.count ? methods[events.count] : .get
      switch parser.parse(buffer.span.bytes, answering: method) {
      case .needsMore(let kept):
        precondition(kept <= limits.head)
        buffer.removeLast(buffer.count - kept)
        break receiving
      case .response(let response, let consumed):
        buffer.removeFirst(consumed)
        let parsed = ParsedResponse(response: response, body: parser.bodyBytes)
        events.append(.message(parsed, end: received - buffer.count))
        if !response.keepsAlive { return events }
        if buffer.isEmpty { break receiving }
      case .failure(let error):
        return events + [.failure(error)]
      }
    }
  }
  switch parser.end() {
  case .response(let response, _):
    return events + [.message(ParsedResponse(response: response, body: parser.bodyBytes), end: received)]
  case .failure(.noResponse) where !events.isEmpty: return events
  case .failure(let error): return events + [.failure(error)]
  case .needsMore: return events
  }
}

/// Feeds text as one piece.
func responseEvents(
  _ text: String, answering methods: [Method] = [], limits: ResponseLimits = ResponseLimits()
) -> [ResponseEvent] {
  responseEvents([Array(text.utf8)[...]], answering: methods, limits: limits)
}

/// Returns the failure that ends a text; `nil` if it is acceptable.
func responseFailure(_ text: String, limits: ResponseLimits = ResponseLimits()) -> ResponseError? {
  responseEvents(text, limits: limits).last?.failure
}

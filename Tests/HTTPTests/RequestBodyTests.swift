import Testing

@testable import HTTP

@Suite struct RequestBodyTests {
  private static let head = "POST /jobs HTTP/1.1\r\nHost: a\r\n"

  /// Parses requests that come in pieces of some bytes, and returns their bodies.
  private static func bodies(of text: String, pieces count: Int) -> [String] {
    var (parser, received, bodies): (RequestParser, [UInt8], [String]) = (
      RequestParser(keepsBody: true), [], []
    )
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      received += rest.prefix(count)
      rest = rest.dropFirst(count)
      parsing: while !received.isEmpty {
        switch parser.parse(received.span.bytes) {
        case .needsMore(let kept), .needsContinue(let kept):
          received = Array(received.prefix(kept))
          break parsing
        case .request(_, let consumed):
          bodies.append(String(decoding: parser.bodyBytes, as: UTF8.self))
          received.removeFirst(consumed)
        case .failure(let error):
          Issue.record("\(error)")
          return bodies
        }
      }
    }
    return bodies
  }

  @Test("a kept body is the same in any pieces, chunked or not, and empty for a request without one")
  func kept() {
    let text =
      Self.head + "Content-Length: 6\r\n\r\n/api/7" + Self.head + "\r\n" + Self.head
      + "Transfer-Encoding: chunked\r\n\r\n3\r\n/ap\r\n3\r\ni/8\r\n0\r\n\r\n" + Self.head
      + "Content-Length: 1\r\n\r\n/"
    for count in 1...text.utf8.count {
      #expect(Self.bodies(of: text, pieces: count) == ["/api/7", "", "/api/8", "/"])
    }
  }
}

import Testing

@testable import HTTP

struct ResponseWriterTests {
  /// Returns the answer to a request as text.
  private func answer(
    _ request: String, _ status: Status = .ok, headers: KeyValuePairs<String, String> = [:],
    body: String = "ok",
    closes: Bool = false
  ) throws -> String {
    let bytes = Array(request.utf8)
    var parser = RequestParser()
    guard case .request(let request, _) = parser.parse(bytes.span.bytes) else {
      Issue.record("no request")
      return ""
    }
    let writer = ResponseWriter(headers: try HeaderBlock(["X-Worker": "1/4711"]))
    var output: [UInt8] = []
    let content = Array(body.utf8)
    writer.append(
      status, headers: try HeaderBlock(headers), body: content.span.bytes, to: request, closes: closes,
      into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test("an answer has its length, the headers of every response, its own headers and its body")
  func typical() throws {
    #expect(try answer(get) == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Worker: 1/4711\r\n\r\nok")
    #expect(
      try answer(get, .methodNotAllowed, headers: ["Allow": "GET, HEAD"], body: "")
        == "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nX-Worker: 1/4711\r\nAllow: GET, HEAD\r\n\r\n"
    )
    #expect(
      try answer(get, Status(rawValue: 299), body: "").hasPrefix("HTTP/1.1 299 \r\nContent-Length: 0\r\n"))
  }

  @Test("the answer to HEAD has the length of the body but not the body")
  func head() throws {
    let text = try answer("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", body: String(repeating: "x", count: 1234))
    #expect(text == "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-Worker: 1/4711\r\n\r\n")
  }

  @Test("204 and 304 have neither a length nor a body")
  func withoutBody() throws {
    #expect(try answer(get, .noContent) == "HTTP/1.1 204 No Content\r\nX-Worker: 1/4711\r\n\r\n")
    #expect(try answer(get, .notModified) == "HTTP/1.1 304 Not Modified\r\nX-Worker: 1/4711\r\n\r\n")
  }

  @Test("Connection is sent if the connection closes, and to HTTP/1.0 clients that keep it")
  func connection() throws {
    #expect(try answer(get, closes: true).contains("\r\nConnection: close\r\n\r\nok"))
    #expect(try answer("GET / HTTP/1.0\r\n\r\n").contains("\r\nConnection: close\r\n\r\nok"))
    let keeping = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    #expect(try answer(keeping).contains("\r\nConnection: keep-alive\r\n\r\nok"))
    #expect(try answer(keeping, closes: true).contains("\r\nConnection: close\r\n\r\nok"))
  }

  @Test("the answer to a malformed request names the reason and closes the connection")
  func malformed() {
    var output: [UInt8] = []
    ResponseWriter().append(RequestError.missingHost, into: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "HTTP/1.1 400 Bad Request\r\nContent-Length: 20\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + "Connection: close\r\n\r\nmissing Host header\n")
    output = []
    ResponseWriter.appendContinue(into: &output)
    #expect(String(decoding: output, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
  }

  @Test("the client reads every answer back")
  func roundTrip() throws {
    let text =
      try answer(get) + answer(get, .notFound, body: "") + answer(get, .noContent) + answer(get, closes: true)
    let events = responseEvents(text)
    #expect(events.map(\.message?.response.status.rawValue) == [200, 404, 204, 200])
    #expect(events.map(\.message?.response.header) == ["1/4711", "1/4711", "1/4711", "1/4711"])
    #expect(events.map(\.message?.response.keepsAlive) == [true, true, true, false])
  }

  @Test("a header with a line end, a control character or a name of the writer's own is refused")
  func injection() {
    for value in ["a\r\nSet-Cookie: b", "a\n", "\r", "a\0", "é", " a", "a\t", "\u{7F}"] {
      #expect(throws: HeaderBlock.Problem.invalidValue(name: "X")) { try HeaderBlock(["X": value]) }
    }
    for name in ["", "a b", "a:", "a\r\n", "é", "(a)"] {
      #expect(throws: HeaderBlock.Problem.invalidName(name)) { try HeaderBlock([name: "a"]) }
    }
    for name in ["Content-Length", "transfer-encoding", "CONNECTION", "Host"] {
      #expect(throws: HeaderBlock.Problem.reserved(name)) { try HeaderBlock([name: "a"]) }
    }
    #expect(
      "\(HeaderBlock.Problem.invalidName("a\r\nb"))"
        == "invalid header name: 'a??b' (expected a token such as X-Worker)")
  }
}

import HTTP
import Testing

/// Messages as a proxy passes them on.
@Suite struct PassingTests {
  /// Returns the head that a proxy sends on for a request; `nil` if it is refused or incomplete.
  private func passed(_ text: String) throws -> String? {
    let bytes = Array(text.utf8)
    var parser = RequestParser()
    guard case .head(let request, _, _) = parser.nextHead(bytes.span.bytes) else { return nil }
    var output: [UInt8] = []
    request.appendHead(
      of: bytes.span.bytes, host: Array("proxy".utf8), adding: try HeaderBlock(["X-Added": "1"]),
      into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test("header lines without hop-by-hop headers are copied as they came")
  func verbatim() throws {
    #expect(
      try passed("\r\nGET /a?b HTTP/1.1\r\nhOST:  x \r\nA: 1\r\nA: 2\r\n\r\n")
        == "GET /a?b HTTP/1.1\r\nhOST:  x \r\nA: 1\r\nA: 2\r\nX-Added: 1\r\n\r\n")
  }

  @Test("Expect of HTTP/1.0, which has no meaning there, is left out, and Host is added")
  func oldRequest() throws {
    #expect(
      try passed("GET / HTTP/1.0\r\nExpect: 100-continue\r\nB: 1\r\n\r\n")
        == "GET / HTTP/1.1\r\nHost: proxy\r\nB: 1\r\nX-Added: 1\r\n\r\n")
  }

  @Test("a head is returned before its body, whose end is found in pieces")
  func bodies() throws {
    let head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    let chunks = Array("3\r\nabc\r\n0\r\nT: 1\r\n\r\nGET".utf8)
    var parser = RequestParser()
    guard case .head(_, let length, var body) = parser.nextHead(Array(head.utf8).span.bytes) else {
      Issue.record("no head")
      return
    }
    #expect(length == head.utf8.count && body.isChunked && !body.isComplete)
    var data: [UInt8] = []
    var used = 0
    for byte in chunks { used += try body.take([byte].span.bytes, appendingDataTo: &data) }
    #expect(body.isComplete && used == chunks.count - 3 && data == Array("abc".utf8))
  }

  @Test("interim responses come one by one, and the final one with its body")
  func interim() throws {
    var bytes = Array("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.0 200 OK\r\nA: 1\r\n\r\nrest".utf8)
    var parser = ResponseParser()
    var output: [UInt8] = []
    guard case .interim(let early, let first) = parser.nextHead(bytes.span.bytes, answering: .get) else {
      Issue.record("no interim response")
      return
    }
    early.append(bytes.span.bytes, adding: HeaderBlock(), for: .http11, closes: false, into: &output)
    bytes.removeFirst(first)
    guard case .head(let head, let length, let body) = parser.nextHead(bytes.span.bytes, answering: .get)
    else {
      Issue.record("no final response")
      return
    }
    head.append(bytes.span.bytes, adding: HeaderBlock(), for: .http11, closes: true, into: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA: 1\r\nConnection: close\r\n\r\n")
    #expect(body.endsWithConnection && !head.keepsAlive && bytes.count - length == 4)
  }
}

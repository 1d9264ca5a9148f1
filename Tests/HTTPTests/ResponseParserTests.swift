import Testing

@testable import HTTP

struct ResponseParserTests {
  @Test("a response has its status, body and the value of the header that was asked for")
  func typical() throws {
    let events = responseEvents(
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-worker: 1/4711 \r\nX-Worker: 2\r\n\r\nokHTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n"
    )
    let first = try #require(events.first?.message)
    #expect(first.response.status == .ok && first.response.bodyLength == 2)
    #expect(first.response.header == "1/4711" && first.response.keepsAlive)
    #expect(first.body == Array("ok".utf8))
    let second = try #require(events.last?.message)
    #expect(second.response.status == .notFound && second.response.header == nil && second.body == [])
  }

  @Test("a chunked body is decoded, and its trailers are discarded")
  func chunked() {
    let events = responseEvents(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nX-Worker: 9\r\n\r\n"
    )
    #expect(events.first?.message?.body == Array("abcde".utf8))
    #expect(events.first?.message?.response.bodyLength == 5)
    #expect(events.first?.message?.response.header == nil)
    #expect(events.first?.message?.response.keepsAlive == true)
  }

  @Test("a body without a length ends with the connection, which cannot be used again")
  func closeDelimited() {
    let bytes = Array("HTTP/1.1 200 OK\r\n\r\nall of it\r\n".utf8)
    let events = responseEvents([bytes[...]])
    #expect(events.map(\.message?.body) == [Array("all of it\r\n".utf8)])
    #expect(events.first?.message?.response.keepsAlive == false)
    #expect(responseEvents(bytes.singles) == events)
  }

  @Test("answers to HEAD, 204 and 304 have no body, whatever their headers say")
  func withoutBody() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    let empty = "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"
    let events = responseEvents(head + chunked + empty, answering: [.head, .head, .get, .get])
    #expect(events.map(\.message?.response.status.rawValue) == [200, 200, 204, 304])
    #expect(
      events.allSatisfy { $0.message?.response.bodyLength == 0 && $0.message?.response.keepsAlive == true })
  }

  @Test("interim responses are skipped, up to a limit")
  func interim() {
    let interim =
      "HTTP/1.1 100 Continue\r\nX-Worker: 9\r\n\r\nHTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n"
    let events = responseEvents(interim + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    #expect(events.map(\.message?.response.status) == [.ok])
    #expect(events.first?.message?.response.header == nil)
    let many = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 9)
    #expect(responseFailure(many) == .tooManyInterimResponses(limit: 8))
    #expect(responseFailure("HTTP/1.1 101 Switching Protocols\r\n\r\n") == .upgrade)
  }

  @Test("the connection may be used again unless a side closes it or the version is old")
  func persistence() {
    func persists(_ version: String, _ headers: String) -> Bool? {
      responseEvents("HTTP/\(version) 200 OK\r\nContent-Length: 0\r\n\(headers)\r\n").first?.message?.response
        .keepsAlive
    }
    #expect(persists("1.1", "") == true)
    #expect(persists("1.1", "Connection: close\r\n") == false)
    #expect(persists("1.0", "") == false)
    #expect(persists("1.0", "Connection: keep-alive\r\n") == true)
  }

  @Test("malformed responses are refused with the reason")
  func malformed() {
    for (line, error) in [
      ("HTTP/1.1 200", .malformedStatusLine), ("HTTP/1.1 20 OK", .malformedStatusLine),
      ("HTTP/1.1  200 OK", .malformedStatusLine), ("HTTP/1.1 +20 OK", .malformedStatusLine),
      ("HTTP/1.1 2000 OK", .malformedStatusLine), ("ICY 200 OK", .malformedStatusLine),
      ("http/1.1 200 OK", .malformedStatusLine), ("", .malformedStatusLine),
      ("HTTP/2.0 200 OK", .unsupportedVersion), ("HTTP/1.2 200 OK", .unsupportedVersion),
      ("HTTP/1.1 099 OK", .invalidStatus(99)), ("HTTP/1.1 600 OK", .invalidStatus(600)),
      ("HTTP/1.1 200 \u{1}", .syntax(.controlCharacter(1))), ("HTTP/1.1 200 OK\n", .syntax(.bareLineFeed)),
      ("HTTP/1.1 200 OK\r", .syntax(.bareCarriageReturn)),
    ] as [(String, ResponseError)] {
      #expect(responseFailure(line + "\r\nContent-Length: 0\r\n\r\n") == error, "\(line)")
    }
    for (headers, error) in [
      ("Content-Length: 1\r\nContent-Length: 1", .framing(.repeatedContentLength)),
      ("Content-Length: 1\r\nTransfer-Encoding: chunked", .framing(.lengthAndTransferEncoding)),
      ("Content-Length: x", .framing(.invalidContentLength)),
      ("Transfer-Encoding: gzip", .framing(.invalidTransferEncoding)),
      ("Transfer-Encoding: gzip, chunked", .framing(.unsupportedTransferCoding)),
      ("X: a\r\n b", .syntax(.foldedLine)), ("X : a", .syntax(.spaceBeforeColon)),
      ("X", .syntax(.missingColon)),
      ("Connection: a b", .invalidConnection),
    ] as [(String, ResponseError)] {
      #expect(responseFailure("HTTP/1.1 200 OK\r\n\(headers)\r\n\r\n") == error, "\(headers)")
    }
    #expect(
      responseFailure("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        == .framing(.transferEncodingInHTTP10))
    #expect(
      responseFailure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n") == .chunk(.invalidSize))
  }

  @Test("a connection that ends within a response is an error of its own")
  func truncated() {
    #expect(responseFailure("") == .noResponse)
    for text in ["H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no"] {
      #expect(responseFailure(text) == .truncated)
    }
    #expect(responseFailure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n") == .truncated)
    #expect(responseFailure("HTTP/1.1 100 Continue\r\n\r\n") == .truncated)
  }

  @Test("a head, headers or a body above the limit are refused")
  func limits() {
    var limits = ResponseLimits()
    (limits.head, limits.headers, limits.body) = (60, 2, 5)
    let start = "HTTP/1.1 200 OK\r\n"
    #expect(responseFailure(start + "Content-Length: 5\r\n\r\nhello", limits: limits) == nil)
    #expect(responseFailure(start + "Content-Length: 6\r\n\r\n", limits: limits) == .bodyTooLarge(limit: 5))
    #expect(responseFailure(start + "\r\nhello!", limits: limits) == .bodyTooLarge(limit: 5))
    #expect(
      responseFailure(start + "Transfer-Encoding: chunked\r\n\r\n6\r\n", limits: limits)
        == .bodyTooLarge(limit: 5))
    #expect(responseFailure(start + "A:\r\nB:\r\nC:\r\n\r\n", limits: limits) == .tooManyHeaders(limit: 2))
    #expect(
      responseFailure(start + String(repeating: "a", count: 60), limits: limits) == .headTooLarge(limit: 60))
  }

  @Test("no more of a body is kept than asked for, and its whole length is known")
  func keptBytes() {
    let texts = [
      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n012\r\n7\r\n3456789\r\n0\r\n\r\n",
    ]
    for (text, most) in texts.flatMap({ text in [0, 4, 10, 99].map { (text, $0) } }) {
      var parser = ResponseParser(keepsBody: true, mostKept: most)
      let bytes = Array(text.utf8)
      guard case .response(let response, bytes.count) = parser.parse(bytes.span.bytes) else {
        Issue.record("no response")
        continue
      }
      #expect(response.bodyLength == 10 && parser.bodyBytes == Array("0123456789".utf8.prefix(most)))
    }
  }
}

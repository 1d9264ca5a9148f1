import Testing

@testable import HTTP

struct RequestParserTests {
  @Test("a typical request is parsed into its method, path, query, host and headers")
  func typical() throws {
    let request = try #require(
      onlyRequest(
        "GET /wait/20?blocking&x=1 HTTP/1.1\r\nHost: localhost:8080\r\nAccept:*/*\r\nX-Tab: \t a b \t\r\n\r\n"
      ))
    #expect(request.method == "GET")
    #expect(request.target == "/wait/20?blocking&x=1")
    #expect(request.path == "/wait/20")
    #expect(request.query == "blocking&x=1")
    #expect(request.host == "localhost:8080")
    #expect(request.version == .http11)
    #expect(request.keepsAlive)
    #expect(request.bodyLength == 0)
    #expect(request.headers.map(\.lowercasedName) == ["host", "accept", "x-tab"])
    #expect(
      request.headers.map { String(decoding: $0.value, as: UTF8.self) } == ["localhost:8080", "*/*", "a b"])
  }

  @Test("pipelined requests are parsed one by one, and each consumes its own bytes only")
  func pipelining() {
    let one = "GET /api/1 HTTP/1.1\r\nHost: a\r\n\r\n"
    let two = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
    let three =
      "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=\"b\\\"\"\r\nhello\r\n00\r\nT: x\r\n\r\n"
    let four = "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nignored"
    let events = requestEvents(one + two + three + four)
    #expect(events.map(\.message?.method) == ["GET", "POST", "PUT", "HEAD"])
    #expect(events.map(\.message?.bodyLength) == [0, 5, 5, 0])
    #expect(events.map(\.message?.keepsAlive) == [true, true, true, false])
    var ends: [Int] = []
    for case .message(_, let end) in events { ends.append(end) }
    #expect(
      ends
        == [one, one + two, one + two + three, one + two + three + four].enumerated().map {
          $0.element.utf8.count - ($0.offset == 3 ? "ignored".count : 0)
        })
  }

  @Test("all methods that are tokens are parsed, and CONNECT is not implemented")
  func methods() {
    for method in [
      "HEAD", "POST", "PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "get", "BREW", "M-SEARCH",
      "!#$%&'*+.^_`|~9",
    ] {
      #expect(onlyRequest("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")?.method == method)
    }
    #expect(failure("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n")?.status == .notImplemented)
    for method in ["", " ", "G T", "GE(T", "GET\t", "GÉT", "\""] {
      #expect(failure("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == .badRequest, "\(method)")
    }
  }

  @Test("HTTP/1.1 persists by default, HTTP/1.0 only if the client asks, and close overrides both")
  func persistence() {
    func persists(_ version: String, _ headers: String) -> Bool? {
      onlyRequest("GET / HTTP/\(version)\r\nHost: a\r\n\(headers)\r\n")?.keepsAlive
    }
    #expect(persists("1.1", "") == true)
    #expect(persists("1.1", "Connection: keep-alive\r\n") == true)
    #expect(persists("1.1", "connection: Upgrade, CLOSE\r\n") == false)
    #expect(persists("1.1", "Connection: close\r\nConnection: keep-alive\r\n") == false)
    #expect(persists("1.1", "Connection: , ,closed,\r\n") == true)
    #expect(persists("1.0", "") == false)
    #expect(persists("1.0", "Connection: Keep-Alive\r\n") == true)
    #expect(persists("1.0", "Connection: keep-alive, close\r\n") == false)
    #expect(failure("GET / HTTP/1.1\r\nHost: a\r\nConnection: a b\r\n\r\n") == .invalidConnection)
  }

  @Test("other versions are answered with 505, and malformed ones with 400")
  func versions() {
    for version in ["HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9"] {
      #expect(failure("GET / \(version)\r\nHost: a\r\n\r\n") == .unsupportedVersion)
    }
    #expect(failure("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == .unsupportedVersion)
    for version in [
      "http/1.1", "HTTP/1.1 ", "HTTP/1,1", "HTTP/1.", "HTTP/11.1", "HTTP/1.10", "HTTP/+1.1", "", "HTTPS/1.1",
    ] {
      #expect(failure("GET / \(version)\r\nHost: a\r\n\r\n") == .malformedRequestLine, "\(version)")
    }
    #expect(failure("GET /\r\n") == .malformedRequestLine)
    #expect(failure("GET\r\n") == .malformedRequestLine)
    #expect(onlyRequest("GET / HTTP/1.0\r\n\r\n")?.host == nil)
  }

  @Test("one empty line before a request is skipped, two are not")
  func leadingLine() {
    #expect(onlyRequest("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")?.path == "/")
    #expect(failure("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == .malformedRequestLine)
    #expect(failure("\n") == .syntax(.bareLineFeed))
  }

  @Test("Host is required once in HTTP/1.1 and has to be a host with an optional port")
  func host() {
    func host(_ value: String) -> String? { onlyRequest("GET / HTTP/1.1\r\nHost:\(value)\r\n\r\n")?.host }
    for value in [
      "", "a", "a:", "a:80", "a.b-c_d:65535", "[::1]", "[1:2:3:4:5:6:7:8]:80", "%61", "1.2.3.4:80",
    ] {
      #expect(host(" " + value) == value)
    }
    for value in [
      "a b", "a:b", "a:65536", "a:-1", "u@a", "a/b", "[::1", "::1", "[::1]x", "[]", "[::g]", "a?b", "%6", "é",
    ] {
      #expect(failure("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n") == .invalidHost, "\(value)")
    }
    #expect(failure("GET / HTTP/1.1\r\n\r\n") == .missingHost)
    #expect(failure("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == .repeatedHost)
    #expect(failure("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n") == .repeatedHost)
  }

  @Test("an expectation is reported once, before the body, unless the body has begun to arrive")
  func expectation() {
    let head = Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n".utf8)
    var parser = RequestParser()
    #expect(parser.parse(head) == .needsContinue(kept: head.count))
    #expect(parser.phase == .body)
    #expect(parser.parse((head + [1])) == .needsMore(kept: head.count))
    guard case .request(let request, head.count + 1) = parser.parse((head + [2])) else {
      Issue.record("no request")
      return
    }
    #expect(request.bodyLength == 2)
    #expect(parser.phase == .idle)
    #expect(parser.parse((head + [1])) == .needsMore(kept: head.count))
    #expect(failure("GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n") == .unknownExpectation)
    #expect(failure("GET / HTTP/1.0\r\nExpect: 200-ok\r\n\r\n") == nil)
  }

  @Test("a parser awaits nothing, a head or a body, and repeats its failure")
  func phases() {
    var parser = RequestParser()
    #expect(parser.parse([]) == .needsMore(kept: 0))
    #expect(parser.phase == .idle)
    #expect(parser.parse(Array("GE".utf8)) == .needsMore(kept: 2))
    #expect(parser.phase == .head)
    let failure = parser.parse([0x47, 0x45, 0])
    #expect(failure == .failure(.syntax(.controlCharacter(0))))
    #expect(parser.parse(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)) == failure)
  }

  @Test("a header is found by its name in any case, the first one if there are several")
  func headerLookup() {
    let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX-a: 1\r\nx-A: 2\r\n\r\n".utf8)
    var parser = RequestParser()
    guard case .request(let request, _) = parser.parse(bytes) else {
      Issue.record("no request")
      return
    }
    let span = bytes.span.bytes
    #expect(request.header("X-A", in: span).map { span.text(in: $0) } == "1")
    #expect(request.header("X-B", in: span) == nil)
    #expect(request.headerCount == 3)
    #expect(span.text(in: request.headerLines) == "Host: a\r\nX-a: 1\r\nx-A: 2\r\n")
  }
}

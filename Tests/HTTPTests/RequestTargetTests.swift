import Testing

@testable import HTTP

struct RequestTargetTests {
  @Test("a path and a query are separated at the first question mark")
  func originForm() {
    for (target, path, query) in [
      ("/", "/", nil), ("/?", "/", ""), ("/a%2Fb?c?d", "/a%2Fb", "c?d"), ("//a//", "//a//", nil),
      ("/-._~!$&'()*+,;=:@", "/-._~!$&'()*+,;=:@", nil), ("/a?/?%00", "/a", "/?%00"),
    ] as [(String, String, String?)] {
      let request = onlyRequest("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(request?.path == path)
      #expect(request?.query == query)
      #expect(request?.host == "h")
    }
  }

  @Test("an http URL as target has a host that replaces Host, and an empty path means /")
  func absoluteForm() {
    for (target, path, query, host) in [
      ("http://a", "/", nil, "a"), ("HTTP://a:80/b?c", "/b", "c", "a:80"),
      ("http://[::1]?q", "/", "q", "[::1]"),
      ("http://a/", "/", nil, "a"),
    ] as [(String, String, String?, String)] {
      let request = onlyRequest("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(request?.target == target)
      #expect(request?.path == path)
      #expect(request?.query == query)
      #expect(request?.host == host)
    }
  }

  @Test("an asterisk is a target of OPTIONS only")
  func asteriskForm() {
    #expect(onlyRequest("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")?.path == "*")
    #expect(failure("GET * HTTP/1.1\r\nHost: h\r\n\r\n") == .invalidTarget)
  }

  @Test("a target with a fragment, a raw special character, an incomplete escape or another form is invalid")
  func invalid() {
    for target in [
      "", " ", "a", "a:80", "?a", "/#a", "/a#", "/ a", "/a\u{7F}", "/\"", "/<", "/>", "/\\", "/^", "/`", "/{",
      "/|", "/}",
      "/é", "/%", "/%4", "/%4g", "/?%", "/[", "/?]", "**", "*?", "http:/a", "http://", "http:///a",
      "http://u@a/",
      "http://a:b/", "http://a#b", "https://a/", "ftp://a/", "http", "http://[::1/", "http://a\\b/",
    ] {
      let error = failure("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(error?.status == .badRequest, "\(target)")
    }
  }
}

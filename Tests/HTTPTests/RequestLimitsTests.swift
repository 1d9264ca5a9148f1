import Testing

@testable import HTTP

struct RequestLimitsTests {
  private let limits = {
    var limits = RequestLimits()
    (limits.requestLine, limits.head, limits.headers, limits.body) = (40, 100, 3, 10)
    return limits
  }()

  private func status(_ text: String) -> Int? { failure(text, limits: limits)?.status.rawValue }

  /// A request line of this many bytes, with its end.
  private func line(_ count: Int) -> String {
    let target = "/" + String(repeating: "a", count: count - "GET / HTTP/1.1".count)
    return "GET \(target) HTTP/1.1\r\n"
  }

  @Test("a request line of exactly the limit is accepted, one more byte is answered with 414")
  func requestLine() {
    #expect(status(line(40) + "Host: a\r\n\r\n") == nil)
    #expect(status(line(41) + "Host: a\r\n\r\n") == 414)
    #expect(status("GET /" + String(repeating: "a", count: 37)) == 414)
    #expect(status("GET /" + String(repeating: "a", count: 36)) == nil)
    #expect(status("\r\n" + line(40) + "Host: a\r\n\r\n") == nil)
    #expect(status("\r\n" + line(41) + "Host: a\r\n\r\n") == 414)
    #expect(status(String(repeating: "A", count: 42)) == 501)
  }

  @Test("a head of exactly the limit is accepted, one more byte is answered with 431")
  func head() {
    let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
    let room = 100 - start.utf8.count - 4
    #expect(status(start + String(repeating: "x", count: room) + "\r\n\r\n") == nil)
    #expect(status(start + String(repeating: "x", count: room + 1) + "\r\n\r\n") == 431)
    #expect(status(start + String(repeating: "x", count: room + 3)) == nil)
    #expect(status(start + String(repeating: "x", count: room + 4)) == 431)
  }

  @Test("one header too many is answered with 431")
  func headers() {
    #expect(status("GET / HTTP/1.1\r\nHost: a\r\nB:\r\nC:\r\n\r\n") == nil)
    #expect(status("GET / HTTP/1.1\r\nHost: a\r\nB:\r\nC:\r\nD:\r\n\r\n") == 431)
  }

  @Test("a body above the limit is answered with 413 as soon as its length is known")
  func body() {
    let start = "POST / HTTP/1.1\r\nHost: a\r\n"
    #expect(status(start + "Content-Length: 10\r\n\r\n") == nil)
    #expect(status(start + "Content-Length: 11\r\n\r\n") == 413)
    #expect(status(start + "Content-Length: 99999999999999999999999\r\n\r\n") == 413)
    #expect(status(start + "Transfer-Encoding: chunked\r\n\r\na\r\n") == nil)
    #expect(status(start + "Transfer-Encoding: chunked\r\n\r\nb\r\n") == 413)
    #expect(status(start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n") == 413)
    #expect(status(start + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n") == 413)
    #expect(status(start + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n") == nil)
  }

  @Test("chunk extensions and trailers have limits, too")
  func chunkOverhead() {
    let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    let chunk = "1;" + String(repeating: "e", count: 511) + "\r\nx\r\n"
    #expect(status(start + chunk + chunk + "0\r\n\r\n") == nil)
    #expect(failure(start + chunk + chunk + "1;e\r\n", limits: limits) == .chunk(.extensionsTooLong))
    #expect(status(start + "0\r\n" + String(repeating: "A:\r\n", count: 4)) == 431)
    #expect(status(start + "0\r\nA: " + String(repeating: "a", count: 100)) == 431)
  }

  @Test("bodies are not kept: the buffer never needs more than the head")
  func buffer() {
    let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
    let bytes = Array((head + String(repeating: "x", count: 60000)).utf8)
    var parser = RequestParser()
    #expect(parser.parse(Array(bytes[..<30000])) == .needsMore(kept: head.utf8.count))
  }

  @Test("the default limits are those of the documentation")
  func defaults() {
    let limits = RequestLimits()
    #expect(
      limits.requestLine == 8192 && limits.head == 16384 && limits.headers == 64 && limits.body == 65536)
    #expect(limits.headTime == .seconds(10) && limits.idleTime == .seconds(60))
    #expect(RequestError.timeout.status == .requestTimeout)
  }
}

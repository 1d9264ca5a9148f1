import TestSupport
import Testing

@testable import ModelKit

/// A connection of a service, without its socket.
struct ExchangeTests {
  private let get = { (path: String) in "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }

  @Test(
    "A path has its answer",
    arguments: [
      ("/", 200, "scaleup-single: /healthcheck /api/:n /wait/:ms /metrics\n"),
      ("/healthcheck", 200, "ok\n"),
      ("/api/0", 200, "0\n"),
      ("/api/1", 200, "1\n"),
      ("/api/1000", 200, "500500\n"),
      ("/api/1e6", 200, "500000500000\n"),
      ("/api/00012", 200, "78\n"),
      ("/api/1000?a=b", 200, "500500\n"),
      ("/healthcheck/", 404, "no such path (expected /, /healthcheck, /api/:n, /wait/:ms or /metrics)\n"),
      ("/api", 404, "no such path (expected /, /healthcheck, /api/:n, /wait/:ms or /metrics)\n"),
    ])
  func path(_ path: String, _ status: Int, _ body: String) throws {
    var conversation = try Conversation()
    conversation.send(get(path))
    #expect(conversation.takeAnswers() == [Answer(status: status, body: body)])
    #expect(conversation.next == .more)
  }

  @Test(
    "A number beyond the limit, or none, is refused with the limit",
    arguments: [
      "5000000001", "5e10", "6e9", "1e", "e6", "1e66", "-1", "+1", "1.5", "", "x", "0x10",
      "99999999999999999999999", "1/2",
    ])
  func invalidNumber(_ number: String) throws {
    var conversation = try Conversation()
    conversation.send(get("/api/" + number))
    let expected =
      "invalid number (expected a whole number up to 5000000000, such as /api/1000 or /api/1e6)\n"
    #expect(conversation.takeAnswers() == [Answer(status: 400, body: expected)])
  }

  @Test("A sum is exact", arguments: [9, 65_535, 100_000, 3_000_000])
  func sum(_ number: UInt64) throws {
    var conversation = try Conversation()
    conversation.send(get("/api/\(number)"))
    #expect(conversation.takeAnswers().map(\.body) == ["\(number * (number + 1) / 2)\n"])
  }

  @Test("HEAD has the headers of GET and no body")
  func head() throws {
    var (first, second) = (try Conversation(), try Conversation())
    first.send(get("/api/1000"))
    second.send("HEAD /api/1000 HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(second.takeText() + "500500\n" == first.takeText())
  }

  @Test(
    "A method other than GET and HEAD is refused with those allowed",
    arguments: ["POST", "PUT", "DELETE", "FOO"])
  func method(_ method: String) throws {
    var conversation = try Conversation()
    conversation.send("\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/api/2"))
    let text = conversation.takeText()
    #expect(text.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"))
    #expect(text.contains("\r\nAllow: GET, HEAD\r\n"))
    #expect(text.hasSuffix("\r\n\r\n3\n"))
  }

  @Test("Requests are answered alike, in whatever pieces they arrive")
  func pieces() throws {
    let requests = [
      get("/"), get("/api/7"), "HEAD /api/8 HTTP/1.1\r\nHost: a\r\n\r\n", get("/nope"),
      "POST /api/9 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n",
      get("/api/1e3"),
    ]
    let bytes = Array(requests.joined().utf8)
    var whole = try Conversation()
    whole.send(bytes)
    let expected = whole.takeText()
    var random = SplitMix64(seed: 7)
    for most in [1, 2, 5, 40] {
      var conversation = try Conversation()
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...most, using: &random))
        conversation.send(piece)
        rest = rest.dropFirst(piece.count)
      }
      #expect(conversation.takeText() == expected)
      #expect(conversation.isIdle)
    }
  }

  @Test("A wait holds up the requests behind it on its connection, and they are answered in order")
  func wait() throws {
    var conversation = try Conversation()
    conversation.send(
      get("/api/1") + get("/wait/25") + get("/api/2") + get("/wait/3?blocking") + get("/api/3"))
    #expect(conversation.takeAnswers().map(\.body) == ["1\n"])
    #expect(conversation.next == .time(25_000_000, isBlocking: false))
    conversation.send(get("/api/4"))
    #expect(conversation.takeAnswers().isEmpty)
    conversation.finishWait()
    #expect(conversation.takeAnswers().map(\.body) == ["waited 25 ms\n", "3\n"])
    #expect(conversation.next == .time(3_000_000, isBlocking: true))
    conversation.finishWait()
    #expect(conversation.takeAnswers().map(\.body) == ["waited 3 ms\n", "6\n", "10\n"])
    #expect(conversation.isIdle)
  }

  @Test("A wait that is too long, or no number, is refused", arguments: ["60001", "", "x", "-1"])
  func invalidWait(_ time: String) throws {
    var conversation = try Conversation()
    conversation.send(get("/wait/" + time))
    let expected = "invalid time (expected milliseconds up to 60000, such as /wait/100)\n"
    #expect(conversation.takeAnswers() == [Answer(status: 400, body: expected)])
  }

  @Test("A client that asks for the end gets it after its answer, and what it sends behind is ignored")
  func close() throws {
    var conversation = try Conversation()
    conversation.send("GET /api/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get("/api/3"))
    #expect(conversation.takeAnswers() == [Answer(status: 200, body: "3\n", keepsAlive: false)])
    #expect(conversation.next == .nothing(lingers: false))
  }

  @Test("A malformed request is answered, and nothing behind it is")
  func malformed() throws {
    var conversation = try Conversation()
    conversation.send(
      get("/api/2") + "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n" + get("/")
    )
    #expect(conversation.takeAnswers().map(\.status) == [200, 400])
    #expect(conversation.next == .nothing(lingers: true))
  }

  @Test("A client that has begun a request is told when its time is over; one that has not is not")
  func expiry() throws {
    var conversation = try Conversation()
    conversation.expire()
    #expect(conversation.takeText().isEmpty)
    #expect(conversation.next == .nothing(lingers: false))
    conversation = try Conversation()
    conversation.send("GET / HT")
    conversation.expire()
    #expect(conversation.takeAnswers().map(\.status) == [408])
    #expect(conversation.next == .nothing(lingers: true))
  }

  @Test("The time for a head does not start anew with each byte, but with each request")
  func timeLimit() throws {
    var conversation = try Conversation()
    #expect(conversation.timeLeft == 60_000_000_000)
    conversation.send("GET / HT")
    let first = conversation.timeLeft + conversation.worker.now
    conversation.worker.wake()
    conversation.send("T")
    #expect(conversation.timeLeft + conversation.worker.now == first)
    conversation.worker.wake()
    conversation.send("P/1.1\r\nHost: a\r\n\r\nGET /")
    #expect(conversation.timeLeft == 10_000_000_000)
  }

  @Test("While the service drains, an answer says that the connection ends")
  func draining() throws {
    var conversation = try Conversation()
    conversation.send(get("/wait/1"))
    conversation.worker.service.drain()
    conversation.finishWait()
    #expect(conversation.takeAnswers() == [Answer(status: 200, body: "waited 1 ms\n", keepsAlive: false)])
    #expect(conversation.next == .nothing(lingers: true))
  }

  @Test("The metrics count requests that are refused as malformed, too large or too slow")
  func refusals() throws {
    var count = 0
    let (blank, text) = (try Conversation(), "GET / HTTP/1.1\r\n\r\n")
    for refused in [
      text, text.replacing("1.1", with: "2.0"), "GET /" + String(repeating: "a", count: 20_000),
    ] {
      var conversation = blank
      conversation.send(get("/") + refused)
      count += 1
      conversation = blank
      conversation.send(get("/metrics"))
      #expect(conversation.takeText().contains("scaleup_refused_requests_total{worker=\"0\"} \(count)\n"))
    }
    var slow = blank
    slow.send("GET / HT")
    slow.expire()
    var metrics = blank
    metrics.send(get("/metrics"))
    #expect(metrics.takeText().contains("scaleup_refused_requests_total{worker=\"0\"} \(count + 1)\n"))
  }

  @Test("The metrics count answers and requests in flight by worker")
  func metrics() throws {
    var conversation = try Conversation(workers: 2)
    var other = conversation
    other.send(get("/wait/1"))
    conversation.send(get("/") + get("/nope") + get("/metrics"))
    let text = try #require(conversation.takeAnswers().last).body
    #expect(text.contains("\nscaleup_requests_total{worker=\"0\"} 2\n"))
    #expect(text.contains("\nscaleup_requests_total{worker=\"1\"} 0\n"))
    #expect(text.contains("\nscaleup_requests_in_flight{worker=\"0\"} 2\n"))
    #expect(
      text.contains("# TYPE scaleup_cpu_seconds_total counter\nscaleup_cpu_seconds_total{worker=\"0\"} "))
    other.abandon()
    #expect(conversation.worker.service.counters.inFlight == 0)
    #expect(conversation.worker.service.counters.answers(of: 0) == 3)
  }

  @Test("Whatever arrives, there is at most one answer per request, and each is well-formed")
  func randomBytes() throws {
    var random = SplitMix64(seed: 3)
    let words = [
      "GET", " ", "/", "/api/5", "/wait/1", " HTTP/1.1", "\r\n", "Host: a", "\r\n\r\n", ":",
      "Content-Length: 4", "\u{0}", "é",
      "GET /api/3 HTTP/1.1\r\nHost: a\r\n\r\n",
    ]
    let blank = try Conversation()
    for _ in 0..<3000 {
      var (conversation, text) = (blank, "")
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let word = words.randomElement(using: &random) ?? ""
        text += word
        conversation.send(word)
        if case .time = conversation.next { conversation.finishWait() }
      }
      let requests = text.split(separator: "HTTP/1.1", omittingEmptySubsequences: false).count
      #expect(conversation.takeAnswers().count <= requests, "\(text.debugDescription)")
      conversation.abandon()
    }
  }
}

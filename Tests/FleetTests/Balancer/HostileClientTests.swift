import Fleet
import HTTP
import Synchronization
import TestSupport
import Testing

/// Clients that send what is no request.
@Suite struct HostileClientTests {
  @Test(
    "a malformed request gets an error and reaches no target",
    arguments: [
      ("GET / HTTP/1.1\nHost: a\n\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
      ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na", 400),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
      ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
      ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501), ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
      ("GET / HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n", 400), ("\u{16}\u{3}\u{1}", 400),
      ("GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414),
      ("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 17000) + "\r\n\r\n", 431),
    ])
  func malformed(_ bytes: String, _ status: Int) throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(bytes)
    let answer = try client.answer()
    #expect(answer.status == status && !answer.keepsAlive)
    #expect(try client.rest() == "")
    #expect(target.requests.isEmpty)
  }

  @Test("a malformed chunk ends the request, and its target never sees the end of it")
  func malformedChunk() throws {
    let target = try StandInTarget { peer, _ in
      if !peer.body(upTo: "0\r\n\r\n").isEmpty { peer.answer("complete") }
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(
      BalancerClient.text("/", method: "POST", headers: "Transfer-Encoding: chunked\r\n") + "1\r\na\r\n")
    try waitUntil("the target has the head") { target.requests.count == 1 }
    try client.send("x\r\n0\r\n\r\n")
    #expect(try client.answer().status == 400)
  }

  /// A target that takes every byte as strictly as it can.
  private final class Strict: Sendable {
    let requests = Atomic<Int>(0)
    let failures = Mutex<[String]>([])

    func serve(_ peer: StandInTarget.Peer) {
      var limits = RequestLimits()
      (limits.head, limits.headers, limits.body) = (32 << 10, 80, BalancerSettings.mostBody)
      var parser = RequestParser(limits: limits)
      var kept: [UInt8] = []
      let writer = ResponseWriter()
      while let bytes = peer.next() {
        kept += bytes
        var isWaiting = false
        while !isWaiting {
          switch parser.parse(kept.span.bytes) {
          case .needsMore(let count), .needsContinue(let count):
            kept.removeSubrange(count...)
            isWaiting = true
          case .request(let request, let consumed):
            if !kept.span.bytes.extracting(request.path).isEqual(to: "/healthcheck") {
              requests.add(1, ordering: .acquiringAndReleasing)
            }
            kept.removeFirst(consumed)
            var output: [UInt8] = []
            writer.append(.ok, body: [UInt8]("ok\n".utf8).span.bytes, to: request, into: &output)
            peer.send(output)
          case .failure(let error):
            failures.withLock { $0.append("\(error)") }
            return
          }
        }
      }
    }
  }

  /// Returns the requests in some bytes that a strict server would answer.
  private static func accepted(_ bytes: [UInt8]) -> Int {
    var limits = RequestLimits()
    limits.body = BalancerSettings.mostBody
    var parser = RequestParser(limits: limits)
    var rest = bytes[...]
    var count = 0
    while !rest.isEmpty {
      guard case .request(let request, let consumed) = parser.parse(Array(rest).span.bytes) else {
        return count
      }
      count += 1
      rest = rest.dropFirst(consumed)
      if !request.keepsAlive { return count }
    }
    return count
  }

  @Test("no malformed input crashes the balancer or smuggles a request to a target")
  func fuzz() throws {
    let strict = Strict()
    let target = try StandInTarget(servingBy: { strict.serve($0) })
    let balancer = try RunningBalancer([target])
    let seeds = [
      "GET /a HTTP/1.1\r\nHost: test\r\n\r\n",
      "POST /b HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhelloGET /c HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST /d HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n0\r\nT: 1\r\n\r\n",
      "HEAD /e?f=g HTTP/1.0\r\nConnection: keep-alive, te\r\nTE: trailers\r\n\r\nGET http://h/i HTTP/1.1\r\nHost: j\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: test\r\nConnection: close, content-length\r\nKeep-Alive: 5\r\n\r\n",
    ]
    var fuzz = Fuzz(seeds, seed: 21)
    var expected = 0
    for _ in 0..<2_000 * Fuzz.factor {
      let bytes = fuzz.next()
      if String(decoding: bytes, as: UTF8.self).contains("/healthcheck") { continue }
      expected += Self.accepted(bytes)
      let client = try BalancerClient(balancer)
      try client.send(bytes)
      client.descriptor.endSending()
      _ = try client.rest()
      guard strict.requests.load(ordering: .acquiring) == expected else {
        Issue.record(
          "\(strict.requests.load(ordering: .acquiring)) requests instead of \(expected): \(bytes)")
        return
      }
    }
    #expect(expected > 200, "most inputs are malformed, not all")
    #expect(strict.failures.withLock { $0 } == [])
    #expect(try balancer.status().targets.first?.state == .healthy)
  }
}

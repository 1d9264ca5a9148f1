import Fleet
import TestSupport
import Testing

/// Bodies, which are passed on as they arrive.
@Suite struct BodyTests {
  private static let size = 8 << 20

  /// Some bytes that repeat only after long.
  private static let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }

  @Test("large bodies pass both ways unchanged")
  func large() throws {
    let target = try StandInTarget { peer, _ in
      let body = peer.body(Self.size)
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
      peer.send(body)
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    for _ in 0..<2 {
      try client.send("PUT / HTTP/1.1\r\nHost: test\r\nContent-Length: \(Self.size)\r\n\r\n")
      try client.send(Self.bytes)
      let answer = try client.answer()
      #expect(answer.status == 200 && answer.bytes == Self.bytes)
    }
    #expect(target.connectionCount == 1)
  }

  @Test("a chunked request and a chunked answer keep their chunks")
  func chunked() throws {
    let target = try StandInTarget { peer, _ in
      let body = peer.body(upTo: "0\r\n\r\n")
      peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      peer.send(body)
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    let chunks = "5\r\nhello\r\n1;a=b\r\n!\r\n0\r\n\r\n"
    for _ in 0..<3 {
      try client.send(BalancerClient.text("/", method: "POST", headers: "Transfer-Encoding: chunked\r\n"))
      for byte in chunks.utf8 { try client.send([byte]) }
      #expect(try client.answer().body == "hello!")
    }
    #expect(target.connectionCount == 1)
  }

  @Test("a client of HTTP/1.0 gets a chunked answer without chunks, and the end of the connection")
  func oldClient() throws {
    let target = try StandInTarget { peer, _ in
      peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
      peer.send("6\r\n world\r\n0\r\n\r\n")
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(
      try client.rest() == "HTTP/1.1 200 OK\r\nX-Served-By: a\r\nConnection: close\r\n\r\nhello world")
    #expect(
      target.requests.first?.hasPrefix("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(balancer.port)\r\n") == true)
  }

  @Test("an answer that ends with the target's connection ends the client's")
  func untilClose() throws {
    let target = try StandInTarget { peer, _ in
      peer.send("HTTP/1.1 200 OK\r\n\r\nall of it")
      peer.close()
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    let answer = try client.get("/")
    #expect(answer.body == "all of it" && !answer.keepsAlive)
  }

  @Test("100 Continue reaches the client that waits for it")
  func expectation() throws {
    let target = try StandInTarget { peer, _ in
      peer.send("HTTP/1.1 100 Continue\r\n\r\n")
      peer.answer(String(decoding: peer.body(4), as: UTF8.self))
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(
      BalancerClient.text("/", method: "POST", headers: "Content-Length: 4\r\nExpect: 100-continue\r\n"))
    #expect(try client.receive(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 100 Continue\r\n"))
    try client.send("body")
    #expect(try client.answer().body == "body")
  }

  @Test("a request that is refused before its body has come ends both connections")
  func earlyAnswer() throws {
    let target = try StandInTarget { peer, _ in peer.answer("no\n", status: "413 Content Too Large") }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/", method: "POST", headers: "Content-Length: 1000\r\n") + "abc")
    let answer = try client.answer()
    #expect(answer.status == 413 && !answer.keepsAlive)
    #expect(try client.rest() == "")
    #expect(try BalancerClient(balancer).get("/").status == 413)
    #expect(target.connectionCount == 2)
  }

  @Test("a client that does not read its answer holds nobody up, and gets all of it")
  func slowReader() throws {
    let target = try StandInTarget { peer, head in
      if !head.contains("/large") { return peer.answer("ok\n") }
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\n")
      peer.send(Self.bytes)
    }
    let balancer = try RunningBalancer([target])
    let slow = try BalancerClient(balancer)
    try slow.send(BalancerClient.text("/large", headers: "Connection: close\r\n"))
    try waitUntil("the target has the request") { target.requests.count == 1 }
    let other = try BalancerClient(balancer)
    for _ in 0..<20 { #expect(try other.get("/").status == 200) }
    try slow.waitForEnd()
    #expect(Array(slow.received.suffix(Self.size)) == Self.bytes)
  }
}

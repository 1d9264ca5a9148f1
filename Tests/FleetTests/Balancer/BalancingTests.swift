import Fleet
import Records
import TestSupport
import Testing

/// The way of requests to targets and back.
@Suite struct BalancingTests {
  @Test("round robin spreads requests exactly, also those of several connections")
  func roundRobin() throws {
    let targets = [try StandInTarget(), try StandInTarget(), try StandInTarget()]
    let balancer = try RunningBalancer(targets)
    let clients = [try BalancerClient(balancer), try BalancerClient(balancer)]
    for number in 0..<30 { #expect(try clients[number % 2].get("/\(number)").status == 200) }
    #expect(targets.map(\.requests.count) == [10, 10, 10])
    let status = try balancer.status()
    #expect(status.requests == 30 && status.answered == 30 && status.failed == 0)
    #expect(status.targets.map(\.answered) == [10, 10, 10])
    #expect(status.latency?.count == 30)
    #expect(try #require(status.cpuTime) > 0)
    #expect(try balancer.status().latency?.count == 0, "latencies count since the last status")
  }

  @Test("least outstanding avoids the target that still has a request")
  func leastOutstanding() throws {
    let gate = Gate()
    let slow = try StandInTarget { peer, _ in
      gate.pass()
      peer.answer("late\n")
    }
    let quick = try StandInTarget()
    var settings = RunningBalancer.settings
    settings.balancing = .leastOutstanding
    let balancer = try RunningBalancer([slow, quick], settings: settings)
    let held = try BalancerClient(balancer)
    while gate.arrivals == 0 {
      // The first request to the slow target is held there.
      try held.send(BalancerClient.text("/held"))
      try waitUntil("a target has the request") { gate.arrivals == 1 || !quick.requests.isEmpty }
      if gate.arrivals == 0 { _ = try held.answer() }
    }
    let client = try BalancerClient(balancer)
    for _ in 0..<6 { #expect(try client.get("/").servedBy == "b") }
    #expect(try balancer.target("a").inFlight == 1)
    gate.open()
    #expect(try held.answer().body == "late\n")
    #expect(slow.requests.count == 1)
  }

  @Test("connections to a target are used again")
  func reuse() throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target])
    for _ in 0..<5 {
      let client = try BalancerClient(balancer)
      for _ in 0..<5 { #expect(try client.get("/").body == "ok\n") }
    }
    #expect(target.requests.count == 25 && target.connectionCount == 1)
  }

  @Test("pipelined requests are answered in order")
  func pipelining() throws {
    let targets = try (0..<3).map { _ in
      try StandInTarget { peer, head in peer.answer(String(head.prefix { $0 != "\r\n" }) + "\n") }
    }
    let balancer = try RunningBalancer(targets)
    let client = try BalancerClient(balancer)
    try client.send((0..<50).map { BalancerClient.text("/\($0)") }.joined())
    for number in 0..<50 { #expect(try client.answer().body == "GET /\(number) HTTP/1.1\n") }
  }

  @Test("a client may end its stream after its last request")
  func halfClosed() throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/1") + BalancerClient.text("/2"))
    client.descriptor.endSending()
    #expect(try client.answer().status == 200)
    #expect(try client.answer().status == 200)
    #expect(try client.rest() == "" && !client.isBroken)
  }

  @Test("HEAD is answered without a body, and the connection goes on")
  func head() throws {
    let target = try StandInTarget { peer, head in
      head.hasPrefix("HEAD")
        ? peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") : peer.answer("hello")
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    #expect(try client.get("/", method: "HEAD").body == "")
    #expect(try client.get("/").body == "hello")
    #expect(target.connectionCount == 1)
  }

  @Test("headers of one connection are not passed on, the client and the target are named")
  func headers() throws {
    let target = try StandInTarget { peer, _ in
      peer.answer(
        "ok\n", headers: "Connection: x-secret\r\nX-Secret: 1\r\nKeep-Alive: timeout=5\r\nX-Kept: 2\r\n")
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(
      BalancerClient.text(
        "/a?b=c",
        headers:
          "Connection: keep-alive, X-Hop\r\nx-hop: 1\r\nTE: trailers\r\nUpgrade: h2c\r\nX-Forwarded-For: 10.0.0.9\r\n"
          + "X-End: 1\r\n"))
    let answer = try client.receive(upTo: "ok\n")
    #expect(
      answer
        == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Kept: 2\r\nX-Served-By: a\r\n\r\nok\n")
    #expect(
      target.requests == [
        "GET /a?b=c HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 10.0.0.9\r\nX-End: 1\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n"
      ])
  }

  @Test("Connection cannot remove the headers that determine the length or the recipient")
  func framingIsKept() throws {
    let target = try StandInTarget { peer, _ in
      _ = peer.body(3)
      peer.answer("ok\n")
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(
      BalancerClient.text(
        "/", method: "POST", headers: "Connection: content-length, host\r\nContent-Length: 3\r\n") + "abc")
    #expect(try client.answer().status == 200)
    #expect(target.requests.first?.contains("Content-Length: 3\r\n") == true)
    #expect(target.requests.first?.contains("Host: test\r\n") == true)
  }

  @Test("an absolute target becomes a path and the Host")
  func absoluteTarget() throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    #expect(try client.get("http://example.com:81/x?y").status == 200)
    #expect(
      target.requests.first?.hasPrefix("GET /x?y HTTP/1.1\r\nHost: example.com:81\r\nX-Forwarded-For:")
        == true)
  }
}

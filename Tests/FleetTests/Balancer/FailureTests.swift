import Fleet
import Platform
import Records
import TestSupport
import Testing

/// Targets that fail requests, and clients that send none.
@Suite struct FailureTests {
  @Test("a GET whose connection breaks before the answer is sent once more, to another target")
  func retry() throws {
    let broken = try StandInTarget { peer, _ in peer.reset() }
    let good = try StandInTarget()
    let balancer = try RunningBalancer([broken, good])
    let client = try BalancerClient(balancer)
    for _ in 0..<6 { #expect(try client.get("/").servedBy == "b") }
    let status = try balancer.status()
    #expect(status.failed == 0 && status.answered == 6)
    #expect(try #require(status.targets.first).failed == UInt64(broken.requests.count))
    #expect(!broken.requests.isEmpty)
  }

  @Test("a POST is not sent again")
  func noRetry() throws {
    let broken = try StandInTarget { peer, _ in peer.close() }
    let balancer = try RunningBalancer([broken])
    let client = try BalancerClient(balancer)
    let answer = try client.get("/", method: "POST", headers: "Content-Length: 0\r\n")
    #expect(answer.status == 502 && answer.keepsAlive)
    #expect(answer.body == "502 Bad Gateway: target a closed the connection before it answered\n")
    #expect(broken.requests.count == 1)
    #expect(try balancer.status().failed == 1)
  }

  @Test("a GET that fails twice is answered with 502")
  func failsTwice() throws {
    let broken = try StandInTarget { peer, _ in peer.close() }
    let balancer = try RunningBalancer([broken])
    #expect(try BalancerClient(balancer).get("/").status == 502)
    #expect(broken.requests.count == 2)
  }

  @Test("a target that breaks within an answer breaks the client's connection")
  func brokenAnswer() throws {
    let target = try StandInTarget { peer, _ in
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
      peer.close()
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/"))
    _ = try client.rest()
    #expect(client.isBroken)
    #expect(target.requests.count == 1)
    #expect(try balancer.status().failed == 1)
  }

  @Test(
    "a malformed answer becomes 502",
    arguments: [
      "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "HTTP/1.1 101 Switching Protocols\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 200 OK\nX: y\n\n",
    ])
  func malformedAnswer(_ bytes: String) throws {
    let target = try StandInTarget { peer, _ in peer.send(bytes) }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    let answer = try client.get("/")
    #expect(answer.status == 502 && answer.body.contains("malformed answer"))
    #expect(target.requests.count == 1)
  }

  @Test("bytes after an answer are not taken for the next answer")
  func excess() throws {
    let target = try StandInTarget { peer, _ in
      peer.send(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    for _ in 0..<3 { #expect(try client.get("/").body == "ok") }
    #expect(target.connectionCount == 3)
  }

  @Test("without a target in service, the answer is 503")
  func noTarget() throws {
    let balancer = try RunningBalancer()
    let client = try BalancerClient(balancer)
    #expect(try client.get("/").status == 503)
    #expect(try client.get("/", method: "HEAD").status == 503)
    let answer = try client.get("/", method: "POST", headers: "Content-Length: 5\r\n\r\nhello")
    #expect(answer.body == "503 Service Unavailable: no target is in service\n")
    #expect(try balancer.status().failed == 3)
  }

  @Test("a target that does not answer in time makes 504, and others go on meanwhile")
  func late() throws {
    let gate = Gate()
    let target = try StandInTarget { peer, head in
      if head.contains("/slow") { gate.pass() }
      peer.answer("ok\n")
    }
    var settings = RunningBalancer.settings
    settings.answerTime = 300_000_000
    let balancer = try RunningBalancer([target], settings: settings)
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/slow"))
    let answer = try client.answer()
    #expect(answer.status == 504 && answer.body == "504 Gateway Timeout: target a sent nothing for 300 ms\n")
    gate.open()
    #expect(target.requests.count == 1, "a late request is not sent again")
  }

  @Test("a client that sends half a head, or reads nothing, holds nobody up")
  func slowClients() throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target])
    let idle = try (0..<20).map { _ in try BalancerClient(balancer) }
    for client in idle { try client.send("GET / HTTP/1.1\r\nHost: te") }
    let client = try BalancerClient(balancer)
    for _ in 0..<10 { #expect(try client.get("/").status == 200) }
    for client in idle {
      try client.send("st\r\n\r\n")
      #expect(try client.answer().status == 200)
    }
  }

  @Test("a head that takes too long is answered with 408")
  func slowHead() throws {
    var settings = RunningBalancer.settings
    settings.headTime = 100_000_000
    let balancer = try RunningBalancer([try StandInTarget()], settings: settings)
    let client = try BalancerClient(balancer)
    try client.send("GET / HT")
    #expect(try client.answer().status == 408)
  }

  @Test("more connections than allowed wait until one ends")
  func connectionLimit() throws {
    var settings = RunningBalancer.settings
    settings.connections = 2
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target], settings: settings)
    var first: BalancerClient? = try BalancerClient(balancer)
    let second = try BalancerClient(balancer)
    #expect(try first?.get("/").status == 200)
    #expect(try second.get("/").status == 200)
    let third = try BalancerClient(balancer)
    try third.send(BalancerClient.text("/"))
    first = nil
    #expect(try third.answer().status == 200)
  }
}

import Fleet
import Synchronization
import TestSupport
import Testing

/// Clients and kept connections that take too long.
@Suite struct TimeLimitTests {
  /// Settings of which one limit is short.
  private static func settings(_ limit: WritableKeyPath<BalancerSettings, UInt64>) -> BalancerSettings {
    var settings = RunningBalancer.settings
    settings[keyPath: limit] = 100_000_000
    return settings
  }

  @Test("a client that has sent nothing, or nothing more, for too long loses its connection in order")
  func idle() throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target], settings: Self.settings(\.idleTime))
    let silent = try BalancerClient(balancer)
    #expect(try silent.rest() == "" && !silent.isBroken)
    var client = silent
    try waitUntil("a client sends a request in time") {
      client = try BalancerClient(balancer)
      return (try? client.get("/").status) == 200
    }
    #expect(try client.rest() == "" && !client.isBroken)
  }

  @Test("a body that stops coming is answered with 408, and its target does not see the end of it")
  func slowBody() throws {
    let received = Atomic<Int>(0)
    let target = try StandInTarget { peer, _ in
      received.add(peer.body(10).count, ordering: .acquiringAndReleasing)
    }
    let balancer = try RunningBalancer([target], settings: Self.settings(\.bodyTime))
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/", method: "POST", headers: "Content-Length: 10\r\n") + "begun")
    let answer = try client.answer()
    #expect(answer.status == 408 && !answer.keepsAlive)
    try waitUntil("the target has lost the connection") { received.load(ordering: .acquiring) == 5 }
    #expect(try balancer.target("a").inFlight == 0)
  }

  @Test("a client that does not read its answer loses its connection, and the target is free again")
  func unreadAnswer() throws {
    let body = String(repeating: "a", count: 32 << 20)
    let target = try StandInTarget { peer, head in peer.answer(head.contains("/long") ? body : "ok\n") }
    let balancer = try RunningBalancer([target], settings: Self.settings(\.sendTime))
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/long"))
    try waitUntil("the target has the request") { target.requests.count == 1 }
    try waitUntil("the request is given up") { try balancer.target("a").inFlight == 0 }
    #expect(try BalancerClient(balancer).get("/").status == 200)
    #expect(try client.rest().utf8.count < body.utf8.count)
  }

  @Test("a connection to a target that nobody needs for a while is closed")
  func keptConnection() throws {
    let ends = Atomic<Int>(0)
    let target = try StandInTarget(servingBy: { peer in
      while let bytes = peer.next() { if !bytes.isEmpty { peer.answer("ok\n") } }
      ends.add(1, ordering: .acquiringAndReleasing)
    })
    let balancer = try RunningBalancer([target], settings: Self.settings(\.targetIdleTime))
    try waitUntil("the connection of the check has ended") { ends.load(ordering: .acquiring) == 1 }
    let client = try BalancerClient(balancer)
    #expect(try client.get("/").status == 200)
    try waitUntil("the kept connection has ended") { ends.load(ordering: .acquiring) == 2 }
    #expect(try client.get("/").status == 200)
  }
}

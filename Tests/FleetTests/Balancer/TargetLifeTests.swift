import Fleet
import Platform
import Records
import TestSupport
import Testing

/// Targets that come, fail their checks, drain and go.
@Suite struct TargetLifeTests {
  /// Settings with checks in quick succession.
  private static var checking: BalancerSettings {
    var settings = RunningBalancer.settings
    settings.check = HealthCheckSettings(interval: 50_000_000, timeout: 40_000_000, rise: 2, fall: 2)
    return settings
  }

  @Test("a target that stops answering becomes unhealthy, and healthy again when it answers")
  func transitions() throws {
    let target = try StandInTarget()
    let balancer = try RunningBalancer([target], settings: Self.checking)
    target.set(.silent)
    try waitUntil("it is unhealthy") { try balancer.target("a").state == .unhealthy }
    #expect(try balancer.target("a").problem == "no answer within 40 ms")
    target.set(.failing)
    try waitUntil("its problem is the status") { try balancer.target("a").problem == "status 503" }
    target.set(.good)
    try waitUntil("it is healthy") { try balancer.target("a").state == .healthy }
  }

  @Test("a target gets nothing before its first good check")
  func starting() throws {
    let target = try StandInTarget()
    target.set(.failing)
    let balancer = try RunningBalancer([target], settings: Self.checking, awaitsHealth: false)
    try waitUntil("a check has failed") { try balancer.target("a").problem == "status 503" }
    #expect(try balancer.target("a").state == .starting)
    #expect(try BalancerClient(balancer).get("/").status == 503)
    #expect(target.requests.isEmpty)
    target.set(.good)
    try waitUntil("it is healthy") { try balancer.target("a").state == .healthy }
    #expect(try BalancerClient(balancer).get("/").status == 200)
  }

  @Test("a port without a server is a problem with a reason")
  func nothingListens() throws {
    let port = try Listener(address: "127.0.0.1", port: 0).port
    let balancer = try RunningBalancer(settings: Self.checking)
    try balancer.send(.add("gone", address: "127.0.0.1", port: port))
    try waitUntil("the check has failed") { try balancer.target("gone").problem == "connection refused" }
  }

  @Test("if all targets are unhealthy, all of them get requests, and the status says so")
  func failOpen() throws {
    let targets = [try StandInTarget(), try StandInTarget()]
    let balancer = try RunningBalancer(targets, settings: Self.checking)
    #expect(try !balancer.status().failsOpen)
    for target in targets { target.set(.failing) }
    try waitUntil("all are unhealthy") { try balancer.status().targets.allSatisfy { $0.state == .unhealthy } }
    #expect(try balancer.status().failsOpen)
    let client = try BalancerClient(balancer)
    for _ in 0..<4 { #expect(try client.get("/").status == 200) }
    #expect(targets.map(\.requests.count) == [2, 2])
  }

  @Test("a target that drains finishes what it has, and gets nothing new")
  func drain() throws {
    let gate = Gate()
    let target = try StandInTarget { peer, _ in
      gate.pass()
      peer.answer("done\n")
    }
    let other = try StandInTarget()
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/"))
    try waitUntil("the target has the request") { gate.arrivals == 1 }
    try balancer.send(.drain("a"))
    #expect(try balancer.target("a").state == .draining)
    try balancer.send(.add("b", address: "127.0.0.1", port: other.port))
    try waitUntil("the other is healthy") { try balancer.target("b").state == .healthy }
    for _ in 0..<3 { #expect(try BalancerClient(balancer).get("/").servedBy == "b") }
    gate.open()
    #expect(try client.answer().body == "done\n")
    try waitUntil("it is drained") { try balancer.target("a").state == .drained }
    #expect(target.requests.count == 1)
    try balancer.send(.remove("a"))
    #expect(try balancer.status().targets.map(\.name) == ["b"])
  }

  @Test("removing a target answers what it has in flight with 502")
  func remove() throws {
    let gate = Gate()
    let target = try StandInTarget { _, _ in gate.pass() }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/"))
    try waitUntil("the target has the request") { gate.arrivals == 1 }
    try balancer.send(.remove("a"))
    #expect(try client.answer().body == "502 Bad Gateway: target a was removed\n")
    #expect(try client.get("/").status == 503)
    gate.open()
  }

  @Test(
    "a request in flight is finished after the end of the commands, and the client learns that it is the last"
  )
  func end() throws {
    let gate = Gate()
    let target = try StandInTarget { peer, _ in
      gate.pass()
      peer.answer("done\n")
    }
    let balancer = try RunningBalancer([target])
    let client = try BalancerClient(balancer)
    let idle = try BalancerClient(balancer)
    try client.send(BalancerClient.text("/"))
    try waitUntil("the target has the request") { gate.arrivals == 1 }
    balancer.endInput()
    #expect(try idle.rest() == "")
    #expect(!balancer.hasEnded)
    gate.open()
    let answer = try client.answer()
    #expect(answer.body == "done\n" && !answer.keepsAlive)
    #expect(try balancer.outcome() == nil)
  }

  @Test(
    "a command that cannot be carried out ends the balancer with the reason",
    arguments: [
      ("halt", "unknown command: 'halt' (expected add NAME ADDRESS PORT, drain NAME, remove NAME or status)"),
      ("drain x", "unknown target: 'x' (add it first)"),
      (
        "add a/b 127.0.0.1 80",
        "invalid target name: 'a/b' (expected up to 64 letters, digits, '-', '_' or '.')"
      ),
      (
        "add a localhost 80",
        "invalid target address: 'localhost' (expected a numeric address such as 127.0.0.1)"
      ),
      ("add a 127.0.0.1 80\nadd a 127.0.0.1 81", "target 'a' exists already (remove it first)"),
    ])
  func badCommand(_ line: String, _ reason: String) throws {
    let balancer = try RunningBalancer()
    try balancer.send(line)
    #expect(try balancer.outcome() == reason)
  }
}

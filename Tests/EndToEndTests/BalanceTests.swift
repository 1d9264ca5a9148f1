import Foundation
import Platform
import Records
import Synchronization
import TestSupport
import Testing

/// `scaleup balance` as a program.
@Suite(.blocking) struct BalanceTests {
  /// A server that answers `/slow`, and all that comes after it, when it is opened.
  private final class GatedServer {
    private final class Gate: Sendable {
      let isOpen = Atomic<Bool>(false)
    }

    private let gate = Gate()
    private let server: ScriptedServer
    var port: Int { server.port }

    init() throws {
      let gate = self.gate
      server = try ScriptedServer { request in
        while request.path == "/slow", !gate.isOpen.load(ordering: .acquiring) {
          Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
        }
        return [.send(ScriptedServer.answer("done\n"))]
      }
    }

    deinit { open() }

    func open() { gate.isOpen.store(true, ordering: .releasing) }
  }

  @Test("commands add, drain and remove servers, and the end of standard input ends the balancer in order")
  func control() throws {
    let server = try ScriptedServer { _ in [.send(ScriptedServer.answer("ok\n"))] }
    let front = try ControlledFront("balance", [])
    #expect(front.record.model == "balance" && front.record.workers == 1)
    try front.command("add i-1 127.0.0.1 \(server.port)")
    try waitUntil("it is healthy") { try front.status().targets.first?.state == .healthy }
    let client = try #require(try HTTPClient(port: front.record.port))
    let answer = try client.get("/x")
    #expect(answer.status == 200 && answer["X-Served-By"] == "i-1" && answer.body == "ok\n")
    try front.command("drain i-1")
    #expect(try front.status().targets.first?.state == .drained)
    #expect(try client.get("/x").status == 503)
    try front.command("remove i-1")
    let status = try front.status()
    #expect(status.targets.isEmpty && status.requests == 2 && status.answered == 1 && status.failed == 1)
    let outcome = try front.end()
    #expect(outcome.status == 0)
    #expect(
      outcome.error
        == "scaleup: target i-1 is healthy\nscaleup: target i-1 is draining\nscaleup: target i-1 is drained\n"
    )
  }

  @Test("an invalid command ends the balancer with one line", arguments: ["halt", "drain nobody"])
  func badCommand(_ line: String) throws {
    let front = try ControlledFront("balance", [])
    try front.command(line)
    let outcome = try front.running.wait()
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("scaleup: unknown ") && outcome.error.split(separator: "\n").count == 1)
  }

  @Test("SIGTERM ends the balancer in order, also without commands")
  func signal() throws {
    let running = try Program("scaleup").start(["balance", "--port", "0", "--target", "127.0.0.1:9"])
    try waitUntil("it is ready") { running.streams.text("output")?.contains("\n") == true }
    #expect(running.streams.text("output")?.hasPrefix("listening on http://127.0.0.1:") == true)
    running.send(SIGTERM)
    #expect(try running.wait().status == 0)
  }

  @Test("a request in flight at SIGTERM is answered, and no connection is accepted after it")
  func signalInFlight() throws {
    let server = try GatedServer()
    let front = try ControlledFront("balance", [])
    try front.command("add i-1 127.0.0.1 \(server.port)")
    try waitUntil("it is healthy") { try front.status().targets.first?.state == .healthy }
    let client = try #require(try HTTPClient(port: front.record.port))
    try client.request("/slow")
    try waitUntil("the request is in flight") { try front.status().targets.first?.inFlight == 1 }
    front.running.send(SIGTERM)
    try waitUntil("connections are refused") {
      // One that the system still queues is closed without an answer.
      do { return try HTTPClient(port: front.record.port, patience: 50_000_000) == nil } catch {
        return false
      }
    }
    #expect(front.running.process.isRunning)
    server.open()
    let answer = try client.answer()
    #expect(answer.status == 200 && answer.body == "done\n" && answer.closes)
    client.end()
    #expect(try front.running.wait().status == 0)
  }

  @Test("connections for which no descriptor is left are accepted when others have ended")
  func noDescriptors() throws {
    let server = try GatedServer()
    let limit = 24
    let front = try ControlledFront("balance", ["--check-interval", "3600"], descriptors: limit)
    // The limit is one of numbers; what the program was given above it does not count.
    func used() throws -> Int {
      let names = try File.names(in: "/proc/\(front.running.identifier)/fd")
      return names.count { Int($0).map { $0 < limit } ?? false }
    }
    try front.command("add i-1 127.0.0.1 \(server.port)")
    try waitUntil("it is healthy") { try front.status().targets.first?.state == .healthy }
    // A request needs two descriptors: its client's, and that of a connection to the server.
    let count = try (limit - used() - 1) / 2
    let clients = try (0..<count).map { _ in try #require(try HTTPClient(port: front.record.port)) }
    for client in clients { try client.request("/slow", headers: "Connection: close\r\n") }
    try waitUntil("the requests are in flight") { try front.status().targets.first?.inFlight == count }
    let others = try (0..<4).map { _ in try #require(try HTTPClient(port: front.record.port)) }
    try waitUntil("no descriptor is left") { try used() == limit }
    server.open()
    for client in clients {
      #expect(try client.answer().status == 200)
      client.end()
    }
    for client in others { #expect(try client.get("/").status == 200) }
    #expect(try front.end().status == 0)
  }

  @Test("without input, it ends at once")
  func noInput() throws {
    let outcome = try Program("scaleup").run(["balance", "--port", "0", "--control"])
    #expect(outcome.status == 0 && outcome.error == "")
  }

  @Test(
    "bad input to the balancer is one line that says what to do",
    arguments: [
      ([], "missing --target or --control (try --target 127.0.0.1:8081)"),
      (["--target", "localhost:80"], "invalid value for --target: 'localhost:80'"),
      (["--target", "127.0.0.1"], "invalid value for --target: '127.0.0.1'"),
      (["--target", "a b=127.0.0.1:80"], "invalid value for --target"),
      (["--target", "127.0.0.1:0"], "invalid value for --target"),
      (["--target", "a=127.0.0.1:80", "--target", "a=127.0.0.1:81"], "two targets have the name a"),
      (["--control", "--address", "localhost"], "invalid value for --address"),
      (["--control", "--balancing", "random"], "invalid value for --balancing"),
      (["--control", "--check-path", "no slash"], "invalid value for --check-path"),
      (["--control", "--check-timeout", "10"], "--check-timeout exceeds the interval of the checks"),
      (["--control", "--fall", "0"], "invalid value for --fall"),
    ] as [([String], String)])
  func badInput(_ arguments: [String], _ reason: String) throws {
    let outcome = try Program("scaleup").run(["balance"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("scaleup: \(reason)"), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1 && outcome.output == "")
  }

  @Test("a taken port is an error of one line")
  func takenPort() throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let outcome = try Program("scaleup").run(
      ["balance", "--port", "\(listener.port)", "--target", "127.0.0.1:9"])
    #expect(outcome.status == 1)
    #expect(
      outcome.error.hasPrefix("scaleup: cannot listen on 127.0.0.1:\(listener.port): Address already in use"))
  }

  @Test("a privileged port is an error of one line", .enabled(if: getuid() != 0))
  func privilegedPort() throws {
    let outcome = try Program("scaleup").run(["balance", "--port", "80", "--target", "127.0.0.1:9"])
    #expect(outcome.status == 1 && outcome.error.hasPrefix("scaleup: cannot listen on 127.0.0.1:80: "))
  }
}

import Foundation
import Platform
import Records
import TestSupport
import Testing

/// `scaleup balance` as a program.
@Suite struct BalanceTests {
  /// A balancer that runs, driven over its standard input.
  private final class Front {
    let running: Program.Running
    let input = Foundation.Pipe()
    let record: ServiceRecord

    init(_ arguments: [String] = []) throws {
      let running = try Program("scaleup").start(
        ["balance", "--port", "0", "--control", "--json"] + arguments, input: input.fileHandleForReading)
      self.running = running
      try waitUntil("it is ready") { running.streams.text("output")?.contains("\n") == true }
      let line = try #require(running.streams.text("output")?.split(separator: "\n").first)
      record = try JSONDecoder().decode(ServiceRecord.self, from: Data(line.utf8))
    }

    deinit {
      try? input.fileHandleForWriting.close()
      running.process.waitUntilExit()
    }

    func send(_ line: String) throws {
      try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    private var lines: [Substring] {
      (running.streams.text("output") ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast()
    }

    func status() throws -> FrontStatus {
      let before = lines.count
      try send("status")
      try waitUntil("it has answered") { lines.count > before }
      return try JSONDecoder().decode(FrontStatus.self, from: Data(try #require(lines.last).utf8))
    }
  }

  @Test("commands add, drain and remove servers, and the end of standard input ends the balancer in order")
  func control() throws {
    let server = try ScriptedServer { _ in [.send(ScriptedServer.answer("ok\n"))] }
    let front = try Front()
    #expect(front.record.model == "balance" && front.record.workers == 1)
    try front.send("add i-1 127.0.0.1 \(server.port)")
    try waitUntil("it is healthy") { try front.status().targets.first?.state == .healthy }
    let client = try #require(try HTTPClient(port: front.record.port))
    let answer = try client.get("/x")
    #expect(answer.status == 200 && answer["X-Served-By"] == "i-1" && answer.body == "ok\n")
    try front.send("drain i-1")
    #expect(try front.status().targets.first?.state == .drained)
    #expect(try client.get("/x").status == 503)
    try front.send("remove i-1")
    let status = try front.status()
    #expect(status.targets.isEmpty && status.requests == 2 && status.answered == 1 && status.failed == 1)
    try front.input.fileHandleForWriting.close()
    let outcome = try front.running.wait()
    #expect(outcome.status == 0)
    #expect(
      outcome.error
        == "scaleup: target i-1 is healthy\nscaleup: target i-1 is draining\nscaleup: target i-1 is drained\n"
    )
  }

  @Test("an invalid command ends the balancer with one line", arguments: ["halt", "drain nobody"])
  func badCommand(_ line: String) throws {
    let front = try Front()
    try front.send(line)
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

  @Test("without input, the balancer ends at once")
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

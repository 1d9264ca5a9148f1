import Foundation
import Platform
import TestSupport
import Testing

/// The mistakes of users of a service.
@Suite(.blocking) struct ServeInputTests {
  /// Options that are wrong, the exit status, and words of the one line.
  static let cases: [(options: [String], status: Int32, words: [String])] = [
    (["--port", "65536"], 64, ["--port: '65536'", "from 0 to 65535"]),
    (["--port", "-1"], 64, ["'-1'"]), (["--port", "http"], 64, ["'http'", "try --port 8080"]),
    (["--address", "localhost"], 64, ["--address: 'localhost'", "numeric address"]),
    (["--address", "127.0.0.1:80"], 64, ["'127.0.0.1:80'"]), (["--address", "[::1]"], 64, ["'[::1]'"]),
    (
      ["--address", "192.0.2.1", "--port", "0"], 1,
      ["cannot listen on 192.0.2.1:0", "assign requested address"]
    ),
    (["--grace", "0"], 64, ["--grace: '0'", "number of seconds"]),
    (["--workers", "0"], 64, ["--workers: '0'"]),
    (["--share", "0"], 64, ["--share: '0'", "from 0.01"]), (["--share", "half"], 64, ["'half'"]),
    (["--share", "1.5", "--workers", "1"], 64, ["--share 1.5", "more than 1 worker", "at most 1"]),
    (["--start-up", "-1"], 64, ["--start-up: '-1'", "number of seconds"]),
    (["--prot", "80"], 64, ["unknown option: '--prot'", "did you mean --port?"]),
    (["now"], 64, ["unexpected argument: 'now'"]), (["--json=yes"], 64, ["--json takes no value"]),
  ]

  private func expectOneLine(
    _ model: String, _ options: [String], status: Int32, _ words: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Program("scaleup-\(model)").run(["serve"] + options)
    #expect(outcome.status == status, "\(outcome)", sourceLocation: sourceLocation)
    #expect(
      outcome.output == "" && outcome.error.hasPrefix("scaleup-\(model): "), sourceLocation: sourceLocation)
    #expect(outcome.error.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
    for word in words { #expect(outcome.error.contains(word), sourceLocation: sourceLocation) }
  }

  @Test("wrong options are an error in one line", arguments: Server.models)
  func wrong(model: String) throws {
    for (options, status, words) in Self.cases { try expectOneLine(model, options, status: status, words) }
  }

  @Test("only the fork model has a choice of how to share the port")
  func accepting() throws {
    for model in Server.models where model != "fork" {
      try expectOneLine(model, ["--accept", "shared"], status: 64, ["unknown option: '--accept'"])
    }
    try expectOneLine("fork", ["--accept", "any"], status: 64, ["'any'", "shared, reuseport, pass"])
    try expectOneLine("single", ["--workers", "2"], status: 64, ["this model has one worker"])
  }

  @Test("a port that is taken is an error in one line", arguments: Server.models)
  func taken(model: String) throws {
    let server = try Server(model)
    let port = server.record.port
    for other in Server.models {
      try expectOneLine(
        other, ["--port", "\(port)"], status: 1,
        ["cannot listen on 127.0.0.1:\(port)", "ddress already in use"])
    }
    try expectOneLine("fork", ["--port", "\(port)", "--accept", "reuseport"], status: 1, ["already in use"])
    #expect(try server.get("/healthcheck").status == 200)
  }

  @Test(
    "a privileged port is an error in one line",
    .enabled(if: getuid() != 0 && privilegedPorts > 80, "the user may use every port"))
  func privileged() throws {
    try expectOneLine(
      "single", ["--port", "80"], status: 1, ["cannot listen on 127.0.0.1:80", "ermission denied"])
  }

  /// The number of ports that only root may use.
  private static var privilegedPorts: Int {
    let text = FileTree.machine.text("proc/sys/net/ipv4/ip_unprivileged_port_start") ?? "1024"
    return Int(text.filter(\.isNumber)) ?? 1024
  }

  @Test("a service says in one line where it listens, also by IPv6", arguments: Server.models)
  func ready(model: String) throws {
    let running = try Program("scaleup-\(model)").start(["serve", "--port", "0", "--workers", "1"])
    defer { running.send(SIGKILL) }
    try waitUntil("it is ready") {
      running.streams.text("output")?.hasSuffix("\n") == true || !running.process.isRunning
    }
    let line = running.streams.text("output") ?? ""
    #expect(line.hasPrefix("listening on http://127.0.0.1:"))
    #expect(line.hasSuffix(" (1 worker, process \(running.identifier))\n"))
    guard File.exists("/proc/net/if_inet6") else { return }
    let server = try Server(model, ["--address", "::1"])
    #expect(server.record.address == "::1" && server.record.model == model)
    #expect(server.record.process == Int(server.running.identifier))
    let client = try #require(try HTTPClient(port: server.record.port, address: "::1"))
    #expect(try client.get("/api/1000").body == "500500\n")
  }

  @Test("the help of a model lists the service and its options", arguments: Server.models)
  func help(model: String) throws {
    let program = try Program("scaleup-\(model)")
    #expect(try program.run(["--help"]).output.contains("  serve  "))
    let help = try program.run(["serve", "--help"])
    #expect(help.status == 0)
    for option in ["--port", "--address", "--workers", "--grace", "--json"] {
      #expect(help.output.contains("  \(option) "))
    }
    #expect(help.output.contains("--accept") == (model == "fork"))
  }

  @Test("the model for several machines has no service")
  func messagePassing() throws {
    let outcome = try Program("scaleup-mpi").run(["serve"])
    #expect(outcome.status != 0 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }
}

import Foundation
import Platform
import Records
import TestSupport
import Testing

/// `scaleup load` as a user calls it, against a server of the test.
struct LoadTests {
  private func server() throws -> ScriptedServer {
    try ScriptedServer { request in
      let body = ["/api/1000": "500500", "/api/3": "7"][request.path] ?? "ok"
      return [.send(ScriptedServer.answer(body, headers: ["X-Worker: 1/42"]))]
    }
  }

  /// Loads a server for a short time, or for a longer one if nothing came of that: a busy machine may send nothing.
  private func load(
    _ server: ScriptedServer, path: String = "/", in folder: Folder? = nil, _ options: [String],
    until isSeen: (Program.Outcome) -> Bool = { $0.status == 0 }
  ) throws -> Program.Outcome {
    let words = ["load", "http://localhost:\(server.port)\(path)", "--warmup", "0.05", "--timeout", "60"]
    for seconds in ["0.2", "2"] {
      let outcome = try Program("scaleup").run(words + ["--seconds", seconds] + options, in: folder)
      if isSeen(outcome) { return outcome }
    }
    return try Program("scaleup").run(words + ["--seconds", "20"] + options, in: folder)
  }

  @Test("an open loop prints asked and achieved rate, latencies from due and from sending, and workers")
  func openLoop() throws {
    let outcome = try load(try server(), ["--rate", "200", "--arrivals", "constant"])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    for text in [
      "open loop, constant arrivals, 64 connections", "asked", "200.0/s", "from due", "from sending",
      "send delay",
      "99.9 %", "greatest", "1/42", "CPU time of the generator",
    ] {
      #expect(outcome.output.contains(text), "\(text) in \(outcome.output)")
    }
  }

  @Test("a record and a histogram file have the same latencies")
  func record() throws {
    let folder = try Folder()
    let outcome = try load(
      try server(), in: folder,
      ["--rate", "1e3", "--paths", "/api/1e3,/=2", "--threads", "2", "--json", "--hgrm", "latency.hgrm"])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    let record = try JSONDecoder().decode(LoadRecord.self, from: Data(outcome.output.utf8))
    // A machine that is busy at the end leaves requests unsent. None that was sent is lost.
    #expect(record.contradiction == nil && record.errors.total == 0 && record.unanswered == 0)
    #expect(record.answered > 0 && record.answered + (record.unsent ?? 0) == record.due)
    #expect(
      record.paths?.map(\.path) == ["/api/1000", "/"] && record.threads == 2 && record.askedRate == 1000)
    #expect(record.workers == [.init(name: "1/42", answers: record.answered)])
    #expect(record.startedAt != nil && record.arrivals == .poisson && record.seed == 1)
    #expect(folder.text("latency.hgrm") == record.latency.hgrmText)
  }

  @Test("a closed loop needs no rate")
  func closedLoop() throws {
    let outcome = try load(try server(), ["--connections", "4", "--new-connections"])
    #expect(outcome.status == 0 && outcome.output.contains("closed loop, 4 connections"), "\(outcome.output)")
  }

  @Test("wrong answers come first, and end with status 1")
  func wrongAnswers() throws {
    let outcome = try load(
      try server(), path: "/api/3", ["--rate", "100"], until: { $0.output.hasPrefix("WRONG: ") })
    #expect(outcome.status == 1 && outcome.output.hasPrefix("WRONG: "), "\(outcome.output)")
  }

  @Test("a signal ends the run, and what was measured is printed", arguments: [SIGINT, SIGTERM])
  func signal(_ signal: Int32) throws {
    let server = try server()
    let running = try Program("scaleup").start([
      "load", "http://127.0.0.1:\(server.port)/", "--rate", "500", "--seconds", "3600", "--warmup", "0",
      "--json",
    ])
    try waitUntil("some requests were answered") { server.requestCount > 20 }
    running.send(signal)
    let outcome = try running.wait()
    #expect(
      outcome.status == 128 + signal && outcome.error.hasPrefix("interrupted after "), "\(outcome.error)")
    let record = try JSONDecoder().decode(LoadRecord.self, from: Data(outcome.output.utf8))
    #expect(record.contradiction == nil && record.answered > 0 && record.duration < 3_600_000_000_000)
  }

  @Test("a signal during the warm-up leaves nothing to print")
  func signalInWarmUp() throws {
    let server = try server()
    let running = try Program("scaleup").start([
      "load", "http://127.0.0.1:\(server.port)/", "--rate", "500", "--warmup", "3600",
    ])
    try waitUntil("some requests were answered") { server.requestCount > 20 }
    running.send(SIGTERM)
    let outcome = try running.wait()
    #expect(outcome.status == 143 && outcome.output == "")
    #expect(outcome.error == "interrupted before anything was measured\n")
  }

  @Test("the terminal shows the state of the run, and is cleared at the end")
  func liveView() throws {
    let (server, terminal) = (try server(), try PseudoTerminal())
    let running = try Program("scaleup").start(
      ["load", "http://127.0.0.1:\(server.port)/", "--rate", "500", "--seconds", "3600", "--warmup", "0"],
      error: terminal.device, environment: ["TERM": "xterm"])
    try waitUntil("rate and percentiles are shown") {
      terminal.has(" of 500.0/s, p50 ") && terminal.has(", p99 ")
    }
    running.send(SIGTERM)
    #expect(try running.wait().status == 143)
    // The line is cleared before the last words, which stand alone.
    let last = try terminal.shown().components(separatedBy: "\u{1B}[K").last ?? ""
    #expect(last.hasPrefix("interrupted after "), "\(last)")
  }

  @Test(
    "bad input is refused in one line with status 64",
    arguments: [
      (["http://127.0.0.1:1/"], "missing --rate or --connections"),
      (["http://127.0.0.1:1/", "--rate", "0"], "invalid value for --rate: '0'"),
      (["http://127.0.0.1:1/", "--rate", "1e9"], "from 0.000001 to 10000000"),
      (["http://127.0.0.1:1/", "--connections", "2", "--arrivals", "poisson"], "no effect without --rate"),
      (["http://127.0.0.1:1/", "--rate", "1", "--paths", "a"], "invalid path: 'a'"),
      (["http://127.0.0.1:1/", "--rate", "1", "--paths", "/a|b"], "invalid request target"),
      (["http://127.0.0.1:1/x", "--rate", "1", "--paths", "/a"], "move it to --paths"),
      (["http://127.0.0.1:1/", "--rate", "1", "--hgrm", "/none/x"], "cannot write /none/x"),
      (["http://127.0.0.1:99999/", "--rate", "1"], "invalid port"),
      (["https://127.0.0.1/", "--rate", "1"], "https is unsupported"),
      (["127.0.0.1", "--rate", "1"], "invalid URL"), (["--rate", "1"], "missing argument: URL"),
      (["http://example.com/", "--rate", "1"], "example.com is not this machine"),
    ])
  func badInput(words: [String], message: String) throws {
    let outcome = try Program("scaleup").run(["load"] + words)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup: ") && outcome.error.contains(message), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("if nothing listens, one line says so with status 1")
  func refused() throws {
    // A port of its own, which the system does not take back when nobody listens any more.
    let chosen = try Listener(address: "127.0.0.1", port: 0).port
    let reserved = try Listener(address: "127.0.0.1", port: chosen)
    reserved.stop()
    let outcome = try Program("scaleup").run(["load", "http://127.0.0.1:\(reserved.port)/", "--rate", "1"])
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(
      outcome.error.hasPrefix("scaleup: cannot connect to 127.0.0.1:\(reserved.port): Connection refused"))
    #expect(
      outcome.error.hasSuffix(" (is the server running?)\n")
        && outcome.error.split(separator: "\n").count == 1)
  }
}

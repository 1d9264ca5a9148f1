import Foundation
import Platform
import Records
import TestSupport
import Testing

/// `scaleup load` as a user calls it, against a server of the test.
@Suite(.blocking) struct LoadTests {
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
      "99.9 %", "longest", "1/42", "CPU time of the generator",
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

  @Test("a POST is answered by any status of success, and puts as many jobs into a queue as were answered")
  func post() throws {
    let queue = try JobsProgram()
    let outcome = try Program("scaleup").run([
      "load", "http://127.0.0.1:\(queue.record.port)/jobs?path=/api/1e3", "--method", "POST", "--rate", "200",
      "--warmup", "0", "--seconds", "0.5", "--timeout", "60", "--json",
    ])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    let record = try JSONDecoder().decode(LoadRecord.self, from: Data(outcome.output.utf8))
    #expect(record.contradiction == nil && record.errors.total == 0 && record.method == "POST")
    #expect(record.answered > 0)
    #expect(try queue.status().jobs?.waiting == Int(record.answered))
    let wrong = try load(
      try server(), path: "/api/3", ["--method", "POST", "--rate", "100"], until: { $0.status == 0 })
    #expect(wrong.output.contains("POST http://localhost:") && !wrong.output.contains("WRONG"))
  }

  @Test("traffic of a file is sent interval by interval, and the record has its rates")
  func traffic() throws {
    let (server, folder) = (try server(), try Folder())
    try folder.write("time,rate\n0,100\n60,0\n120,200\n", to: "t.csv")
    let words = [
      "load", "http://127.0.0.1:\(server.port)/", "--traffic", "t.csv", "--every", "0.2", "--arrivals",
      "constant", "--warmup", "0", "--timeout", "60", "--json",
    ]
    let outcome = try Program("scaleup").run(words, in: folder)
    #expect(outcome.error == "", "\(outcome.error)")
    let record = try JSONDecoder().decode(LoadRecord.self, from: Data(outcome.output.utf8))
    #expect(record.contradiction == nil && record.due == 60 && record.duration == 600_000_000)
    #expect(record.traffic == "t.csv" && record.rates == [100, 0, 200] && record.rateInterval == 200_000_000)
    #expect(record.askedRate == 100 && record.errors.total == 0)
    let cut = try Program("scaleup").run(words + ["--seconds", "0.3"], in: folder)
    let part = try JSONDecoder().decode(LoadRecord.self, from: Data(cut.output.utf8))
    #expect(part.due == 20 && part.rates == [100, 0] && part.duration == 300_000_000)
  }

  @Test(
    "traffic that is bad or contradicts other options is refused in one line",
    arguments: [
      (["--traffic", "daily"], "needs a mean rate"), (["--traffic", "dayly"], "did you mean daily"),
      (["--traffic", "none.csv"], "none.csv"),
      (["--traffic", "nope", "--rate", "20"], "unknown traffic: 'nope' (expected one of flat, daily, "),
      (["--traffic", "nope", "--peak", "2"], "unknown traffic: 'nope'"),
      (["--traffic", "t.csv", "--rate", "5"], "leave out --rate, or"),
      (["--traffic", "t.csv", "--peak", "2"], "--peak has no effect"),
      (["--traffic", "bad.csv"], "bad.csv line 3"), (["--traffic", "zero.csv"], "has no requests"),
      (["--traffic", "t.csv", "--seconds", "121"], "longer than the traffic"),
      (["--traffic", "late.csv", "--seconds", "1"], "no requests before --seconds"),
      (["--traffic", "step", "--rate", "9e6", "--peak", "9"], "at its peak"),
      (["--traffic", "t.csv", "--every", "0"], "--every: '0'"),
      (["--rate", "1", "--peak", "2"], "--peak has no effect without --traffic"),
      (["--connections", "1", "--every", "2"], "--every has no effect without --traffic"),
    ])
  func badTraffic(options: [String], message: String) throws {
    let folder = try Folder()
    for (name, first, second) in [("t", 5, 6), ("bad", 5, -1), ("zero", 0, 0), ("late", 0, 5)] {
      try folder.write("time,rate\n0,\(first)\n60,\(second)\n", to: "\(name).csv")
    }
    let outcome = try Program("scaleup").run(["load", "http://127.0.0.1:1/"] + options, in: folder)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup: ") && outcome.error.contains(message), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
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

import Foundation
import Platform
import TestSupport
import Testing

/// Connections whose bytes come as no browser sends them.
@Suite(.blocking) struct ServeConnectionTests {
  @Test(
    "requests that come at once are answered in their order, also behind a wait", arguments: Server.models)
  func pipelined(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    let paths = (0..<1000).map { $0 % 250 == 100 ? "/wait/\($0 % 7)" : "/api/\($0)" } + ["/wait/3?blocking"]
    try client.send(paths.map { HTTPClient.text($0) }.joined())
    try client.request("/healthcheck", headers: "Connection: close\r\n")
    for (number, path) in paths.enumerated() {
      let body = try client.answer().body
      let expected =
        path.hasPrefix("/api/")
        ? "\(number * (number + 1) / 2)\n" : "waited \(path.dropFirst(6).prefix { $0.isNumber }) ms\n"
      #expect(body == expected)
    }
    let last = try client.answer()
    #expect(last.closes && last.body == "ok\n")
    #expect(try client.rest() == "")
  }

  @Test("a request that comes byte by byte is answered", arguments: Server.models)
  func byteByByte(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    let body = "5\r\nabcde\r\n0\r\n\r\n"
    let text =
      HTTPClient.text("/", method: "POST", headers: "Transfer-Encoding: chunked\r\n") + body
      + HTTPClient.text("/api/1000")
    for byte in text.utf8 { try client.send([byte]) }
    #expect(try client.answer().status == 405)
    #expect(try client.answer().body == "500500\n")
  }

  /// Requests that are no acceptable ones, and the status of the answer.
  static let malformed: [(name: String, text: String, status: Int)] = [
    ("long target", "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n", 414),
    ("long head", "GET / HTTP/1.1\r\nHost: a\r\na: " + String(repeating: "b", count: 100_000), 431),
    ("many headers", "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "a: b\r\n", count: 1000), 431),
    ("long body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", 413),
    ("no target", "GET\r\n\r\n", 400), ("no host", "GET / HTTP/1.1\r\n\r\n", 400),
    ("two lengths", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
    (
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400
    ),
    ("bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400),
    ("bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400),
    ("folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400),
    ("space before colon", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc", 400),
    ("handshake of TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}", 400),
    ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("other coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
  ]

  @Test(
    "bytes that are no acceptable request are answered once, and the connection ends",
    arguments: Server.models)
  func malformed(model: String) throws {
    let server = try Server(model)
    for (name, text, status) in Self.malformed {
      let client = try server.client()
      // Whatever comes behind is no request any more.
      try client.send(HTTPClient.text("/api/1") + text + HTTPClient.text("/api/2"))
      #expect(try client.answer().body == "1\n")
      let answer = try client.answer()
      #expect(answer.status == status && answer.closes, "\(name): \(answer)")
      #expect(answer["Content-Type"] == "text/plain; charset=utf-8", "\(name): \(answer)")
      #expect(try client.rest() == "", "\(name)")
    }
    #expect(try server.get("/healthcheck").status == 200)
  }

  @Test("a client that still sends its body receives the answer", arguments: Server.models)
  func stillSending(model: String) throws {
    let server = try Server(model)
    let clock = ContinuousClock()
    for _ in 0..<20 {
      let client = try server.client()
      let start = clock.now
      do {
        try client.request("/", method: "POST", headers: "Content-Length: 20000000\r\n")
        for _ in 0..<64 { try client.send([UInt8](repeating: 120, count: 65536)) }
      } catch {
        // What is still sent is discarded for two seconds. A test that was held up shows nothing.
        if clock.now - start > .seconds(1) { continue }
        throw error
      }
      let answer = try client.answer()
      #expect(answer.status == 413 && answer.closes)
      #expect(try client.rest() == "")
      return
    }
    Issue.record("the test was held up each time")
  }

  @Test("HTTP/1.0 ends the connection unless the client keeps it", arguments: Server.models)
  func oldVersion(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    try client.send("GET /api/4 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(try client.answer()["Connection"] == "keep-alive")
    try client.send("GET /api/4 HTTP/1.0\r\n\r\n")
    let answer = try client.answer()
    #expect(answer.closes && answer.body == "10\n")
    #expect(try client.rest() == "")
  }

  @Test("a client that waits for 100 is sent it before its body", arguments: Server.models)
  func expectation(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    try client.request("/", method: "POST", headers: "Content-Length: 3\r\nExpect: 100-continue\r\n")
    #expect(try client.answer().status == 100)
    try client.send("abc")
    #expect(try client.answer().status == 405)
    try client.request("/", headers: "Expect: 200-ok\r\n")
    #expect(try client.answer().status == 417)
  }

  @Test("a client that ends its stream still receives all answers", arguments: Server.models)
  func halfClosed(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    try client.send(HTTPClient.text("/wait/20") + HTTPClient.text("/api/1000"))
    client.descriptor.endSending()
    #expect(try client.answer().body == "waited 20 ms\n")
    #expect(try client.answer().body == "500500\n")
    #expect(try client.rest() == "")
  }

  @Test("clients that vanish leave nothing behind", arguments: Server.models)
  func vanished(model: String) throws {
    let server = try Server(model)
    for number in 0..<60 {
      let client = try server.client()
      switch number % 4 {
      case 0: break
      case 1: try client.send("GET / HT")
      case 2: try client.send(HTTPClient.text("/wait/10") + HTTPClient.text("/api/1000"))
      default: try client.request("/api/1e6")
      }
      if number % 2 == 0 { client.reset() }
    }
    try server.waitForInFlight(0)
    #expect(try server.end().status == 0)
    #expect(server.notes.isEmpty)
  }

  @Test(
    "a client that never receives is not read from any more, and others are served", arguments: Server.models)
  func neverReceives(model: String) throws {
    let server = try Server(model, model == "single" ? [] : ["--workers", "1"])
    let client = try server.client()
    let limit = 64 << 20
    let requests = Array(String(repeating: HTTPClient.text("/"), count: 200).utf8)
    let sent = client.sendUntilFull(requests, patience: 300_000_000, atMost: limit)
    #expect(sent < limit)
    #expect(try server.get("/api/1000").body == "500500\n")
    for process in server.tree {
      let status = FileTree.machine.text("proc/\(process)/status") ?? ""
      let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?.split(separator: " ")
      if let peak, peak.count > 1, let kilobytes = Int(peak[1]), !Sanitizer.isThere {
        #expect(kilobytes < 64 << 10)
      }
    }
  }

  @Test("a service without descriptors waits and does not spin, and serves again", arguments: Server.models)
  func noDescriptors(model: String) throws {
    let server = try Server(model, model == "single" ? [] : ["--workers", "1"], descriptors: 64)
    func opened() -> Int {
      server.tree.map { (try? File.names(in: "/proc/\($0)/fd").count) ?? 0 }.max() ?? 0
    }
    var clients = try (0..<100).map { _ in try server.client() }
    try waitUntil("the descriptors are used") { opened() >= 56 }
    // A service that spins uses a core, as far as it gets one, while the first client waits; one that waits too wakes some times.
    let before = server.cpuTicks
    #expect(try clients[0].get("/wait/500").status == 200)
    #expect(server.cpuTicks - before < 25)
    for client in clients.prefix(50) { client.reset() }
    clients = []
    #expect(try server.get("/api/1000").body == "500500\n")
    #expect(try server.end().status == 0)
  }
}

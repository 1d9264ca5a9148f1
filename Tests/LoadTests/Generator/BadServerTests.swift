import HTTP
import Platform
import Records
import TestSupport
import Testing

@testable import Load

/// The generator against servers that misbehave: each failure is counted by its kind, and every run ends.
struct BadServerTests {
  /// A server's way to fail, and the kind as which each of its requests is counted.
  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let kind: RequestFailure
    var paths = "/"
    let actions: [ScriptedServer.Action]
  }

  private static func text(_ text: String) -> ScriptedServer.Action { .send(Array(text.utf8)) }

  static let faults = [
    Fault(testDescription: "closes without an answer", kind: .closedEarly, actions: [.close]),
    Fault(
      testDescription: "closes within the head", kind: .closedEarly,
      actions: [text("HTTP/1.1 200 OK\r\nContent-"), .close]),
    Fault(
      testDescription: "closes within the body", kind: .closedEarly,
      actions: [.send(ScriptedServer.answer("ok", length: 100)), .close]),
    Fault(testDescription: "resets the connection", kind: .connectionReset, actions: [.reset]),
    Fault(
      testDescription: "answers with another status", kind: .badStatus,
      actions: [.send(ScriptedServer.answer("busy", status: "503 Service Unavailable"))]),
    Fault(
      testDescription: "answers wrong", kind: .wrongAnswer, paths: "/api/1000",
      actions: [.send(ScriptedServer.answer("500501"))]),
    Fault(
      testDescription: "answers right, and then more", kind: .wrongAnswer, paths: "/api/1000",
      actions: [.send(ScriptedServer.answer("500500" + String(repeating: "0", count: 100)))]),
    Fault(testDescription: "is no HTTP server", kind: .malformed, actions: [text("220 ready\r\n")]),
    Fault(
      testDescription: "sends two answers", kind: .malformed,
      actions: [.send(ScriptedServer.answer("ok") + ScriptedServer.answer("ok"))]),
    Fault(
      testDescription: "sends an endless head", kind: .tooLarge,
      actions: [text("HTTP/1.1 200 OK\r\n"), .sendForever(Array("a: b\r\n".utf8))]),
    Fault(
      testDescription: "announces too much", kind: .tooLarge,
      actions: [text("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n")]),
    Fault(testDescription: "never answers", kind: .timeout, actions: []),
    Fault(
      testDescription: "never ends its answer", kind: .timeout,
      actions: [text("HTTP/1.1 200 OK\r\n\r\n"), .sendForever(Array("0".utf8))]),
  ]

  @Test("a server's failures are counted by kind, and the run ends", arguments: faults)
  func fault(_ fault: Fault) throws {
    let server = try ScriptedServer { _ in fault.actions }
    var settings = try settings(
      server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 100))), paths: fault.paths)
    (settings.warmUp, settings.duration) = (0, 100_000_000)
    // Only the requests that are never answered may fail by it.
    if fault.kind == .timeout { settings.timeout = 50_000_000 }
    let record = try measure(settings, until: { $0.errors.total > 0 })
    #expect(record.answered == 0)
    #expect(record.errors[fault.kind] > 0, "\(record.errors)")
    #expect(record.errors.total == record.errors[fault.kind], "\(record.errors)")
  }

  @Test("a server that closes each connection at once neither ends nor spins the generator")
  func closesAtOnce() throws {
    let server = try ScriptedServer(isClosing: true) { _ in [] }
    var settings = try settings(server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 100))))
    settings.duration = 200_000_000
    let record = try measure(settings)
    #expect(record.answered == 0)
    // Each of 8 connections at most every 10 ms, in as long as the run took: bounded by attempts, not by time alone.
    #expect(record.errors[.malformed] == 0)
  }

  @Test("a server that speaks first is no HTTP server, and nothing is answered")
  func speaksFirst() throws {
    let server = try ScriptedServer(greeting: Array("SSH-2.0-server\r\n".utf8)) { _ in [] }
    var settings = try settings(server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 100))))
    (settings.duration, settings.timeout) = (100_000_000, 1_000_000_000)
    let record = try measure(settings)
    #expect(record.answered == 0)
  }

  @Test("if nothing listens, the run does not start")
  func refused() throws {
    let listener = try listenerThatKeepsItsPort()
    listener.stop()
    let target = try LoadTarget(URLParts("http://127.0.0.1:\(listener.port)/"))
    let generator = try Generator(LoadSettings(target, paths: try PathMix("/"), pace: .closedLoop))
    let error = #expect(throws: LoadError.self) { try generator.run() }
    #expect(error?.description.hasSuffix("(is the server running?)") == true, "\(String(describing: error))")
  }

  @Test("a server that goes away is counted as refused connections, in both loops", arguments: [true, false])
  func goesAway(isOpen: Bool) throws {
    let (listener, closer) = try acceptOne()
    let rate = try #require(RequestRate(perSecond: 200))
    let target = try LoadTarget(URLParts("http://127.0.0.1:\(listener.port)/"))
    var settings = LoadSettings(
      target, paths: try PathMix("/"), pace: isOpen ? .openLoop(.constant, rate) : .closedLoop, connections: 4
    )
    (settings.warmUp, settings.duration, settings.timeout) = (0, 1_000_000_000, 60_000_000_000)
    let record = try measure(settings)
    closer.join()
    withExtendedLifetime(listener) {}
    #expect(record.errors[.connectionRefused] > 0, "\(record.errors)")
    #expect(record.answered == 0)
  }

  /// Opens a listener whose port stays its own after `stop()`. The system takes back a port that it chose itself.
  private func listenerThatKeepsItsPort() throws -> Listener {
    while true {
      let port = try Listener(address: "127.0.0.1", port: 0).port
      if let listener = try? Listener(address: "127.0.0.1", port: port) { return listener }
    }
  }

  /// Accepts one connection on a thread of its own, and then closes it and stops the listener.
  private func acceptOne() throws -> (listener: Listener, thread: Thread) {
    let listener = try listenerThatKeepsItsPort()
    return (listener, try Thread { Self.accept(listener) })
  }

  private static func accept(_ listener: Listener) {
    while true {
      let connection = (try? listener.accept()) ?? nil
      if connection != nil {
        listener.stop()
        return
      }
      _ = try? poll([listener.descriptor])
    }
  }
}

import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

/// A service that is asked to end.
@Suite(.blocking) struct ServeDrainTests {
  @Test(
    "a request in flight is answered before the service ends, and connections are refused",
    arguments: zip(Server.models + ["single"], Server.models.map { _ in SIGTERM } + [SIGINT]))
  func inFlight(model: String, signal: Int32) throws {
    // A wait that is over before the service drains shows nothing: a longer one is tried.
    for time in [300, 2_000, 15_000, 60_000] {
      let server = try Server(model, ["--grace", "100"])
      let (client, idle) = (try server.client(), try server.client())
      _ = try idle.get("/")
      try client.request("/wait/\(time)")
      try server.waitForInFlight(1)
      server.running.send(signal)
      try waitUntil("connections are refused") { server.refuses }
      if try client.hasMore { continue }
      let answer = try client.answer()
      #expect(answer.body == "waited \(time) ms\n" && answer.closes)
      #expect(try client.rest() == "")
      #expect(try idle.rest() == "")
      #expect(try server.outcome().status == 0)
      #expect(server.notes.isEmpty)
      return
    }
    Issue.record("no wait was in flight when the service began to drain")
  }

  @Test(
    "a request that comes just after the signal on an open connection is answered", arguments: Server.models)
  func justAfter(model: String) throws {
    let clock = ContinuousClock()
    attempts: for _ in 0..<20 {
      let server = try Server(model, ["--grace", "100"])
      let client = try server.client()
      _ = try client.get("/")
      var start = clock.now
      server.running.send(SIGTERM)
      while true {
        try? client.request("/api/1000")
        // Connections without a request stay open for a second. A test that was held up shows nothing.
        if clock.now - start > .milliseconds(900) { continue attempts }
        start = clock.now
        let answer = try client.answer()
        #expect(answer.body == "500500\n")
        if answer.closes { break }
      }
      #expect(try client.rest() == "")
      #expect(try server.outcome().status == 0)
      return
    }
    Issue.record("the test was held up each time")
  }

  @Test("a service that is asked to end as soon as it is ready ends in order", arguments: Server.models)
  func atOnce(model: String) throws {
    for signal in [SIGTERM, SIGINT] {
      let outcome = try Server(model).end(by: signal)
      #expect(outcome.status == 0 && outcome.error == "")
    }
  }

  @Test("requests that take longer than the grace are an error in one line", arguments: Server.models)
  func graceExceeded(model: String) throws {
    for path in ["/wait/60000", "/wait/60000?blocking"] {
      let server = try Server(model, ["--grace", "0.1"])
      let client = try server.client()
      try client.request(path)
      let isBlocking = path.hasSuffix("blocking")
      if !isBlocking { try server.waitForInFlight(1) }
      let outcome = try server.end()
      #expect(outcome.status == 1)
      #expect(server.notes.count == 1)
      #expect(
        outcome.error.hasPrefix("scaleup-\(model): not all connections ended within the grace of 100.0 ms"))
      #expect(outcome.error.hasSuffix("(raise --grace)\n"))
      if !isBlocking { #expect(outcome.error.contains(": 1 request in flight ")) }
    }
  }

  @Test("a second signal ends the service at once", arguments: Server.models)
  func secondSignal(model: String) throws {
    let server = try Server(model, ["--grace", "3600"])
    let client = try server.client()
    try client.request("/wait/60000")
    try server.waitForInFlight(1)
    server.running.send(SIGTERM)
    try waitUntil("connections are refused") { server.refuses }
    let outcome = try server.end(by: SIGINT)
    #expect(outcome.status == 128 + SIGINT)
    #expect(server.notes.count == 1 && outcome.error.contains("ended by a second signal"))
  }

  @Test("a service that drains under load loses no request", arguments: Server.models)
  func underLoad(model: String) throws {
    for _ in 0..<3 {
      let server = try Server(model, ["--grace", "60"])
      let load = try ClosedLoop(of: 4, on: server.record.port)
      try waitUntil("every client has had answers") { load.answers.allSatisfy { $0 > 20 } }
      let outcome = try server.end()
      #expect(outcome.status == 0 && outcome.error == "")
      #expect(load.end() == [])
    }
  }
}

/// Clients that send a request whenever they have received an answer, until the service ends.
private final class ClosedLoop: Sendable {
  private struct State {
    var answers: [Int]
    var lost: [String] = []
  }

  private let state: Mutex<State>
  private let threads: Mutex<[Platform.Thread]>

  init(of clients: Int, on port: Int) throws {
    state = Mutex(State(answers: Array(repeating: 0, count: clients)))
    threads = Mutex([])
    for number in 0..<clients {
      let thread = try Platform.Thread { [self] in
        do { try run(number, on: port) } catch { state.withLock { $0.lost.append("\(error)") } }
      }
      threads.withLock { $0.append(thread) }
    }
  }

  /// The answers that each client has received.
  var answers: [Int] { state.withLock { $0.answers } }

  /// Waits for the clients, and returns what they lost.
  func end() -> [String] {
    for thread in threads.withLock({ $0 }) { thread.join() }
    return state.withLock { $0.lost }
  }

  private func run(_ number: Int, on port: Int) throws {
    guard let client = try HTTPClient(port: port) else { return }
    let clock = ContinuousClock()
    var start = clock.now
    while true {
      try? client.request(number % 2 == 0 ? "/api/1000" : "/wait/1")
      let isLate = clock.now - start > .milliseconds(500)
      do {
        let answer = try client.answer()
        start = clock.now
        state.withLock { $0.answers[number] += 1 }
        if answer.closes { return }
      } catch {
        // A client that was held up may have found its connection closed, which had been idle for a second.
        if isLate { return }
        throw error
      }
    }
  }
}

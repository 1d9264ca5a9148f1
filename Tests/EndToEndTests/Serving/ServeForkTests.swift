import Foundation
import Platform
import TestSupport
import Testing

/// Forked workers that die, and the ways in which they share a port.
@Suite(.blocking) struct ServeForkTests {
  static let ways = ["shared", "reuseport", "pass"]

  /// The workers of a service that serve, by their numbers.
  private func workers(of server: Server) -> [Int32] {
    ProcessTable.children(of: server.running.identifier).filter(ProcessTable.isRunning).sorted()
  }

  /// Kills a worker and waits until the parent has said so.
  private func killWorker(_ worker: Int32, of server: Server) throws {
    kill(worker, SIGKILL)
    try waitUntil("the death of \(worker) is noted") {
      server.notes.contains { $0.contains("(process \(worker)) was killed by SIGKILL") }
    }
  }

  @Test("every worker serves", arguments: ways)
  func everyWorker(way: String) throws {
    let server = try Server("fork", ["--workers", "3", "--accept", way])
    var seen: Set<Int32> = []
    // In the way `shared`, others get connections while a worker is busy: those that have some block.
    var clients: [HTTPClient] = []
    try waitUntil("all workers have answered") {
      for client in clients { try client.request("/wait/20?blocking") }
      let more = try (0..<3).map { _ in try server.client() }
      for client in more { try client.request("/") }
      clients += more
      for client in clients { seen.insert(try #require(try client.answer().process)) }
      return seen.count == 3
    }
    #expect(seen == Set(workers(of: server)))
    #expect(try server.end().status == 0)
    #expect(server.notes.isEmpty)
  }

  @Test("a killed worker takes its own connections with it, and is forked again", arguments: ways)
  func killed(way: String) throws {
    let server = try Server("fork", ["--workers", "2", "--accept", way])
    let clients = try (0..<8).map { _ in try server.client() }
    let owners = try clients.map { try #require(try $0.get("/").process) }
    for client in clients { try client.request("/wait/500") }
    let victim = owners[0]
    try killWorker(victim, of: server)
    for (client, owner) in zip(clients, owners) where owner != victim {
      #expect(try client.answer().body == "waited 500 ms\n")
    }
    #expect(server.notes.count == 1 && server.notes[0].contains("; forked again as process "))
    #expect(workers(of: server).count == 2)
    for _ in 0..<10 { #expect(try server.get("/api/1000").body == "500500\n") }
    // The requests of the dead are in flight no more, and its answers still count.
    try server.waitForInFlight(0)
    #expect(try server.metric("scaleup_requests_total") >= Double(clients.count + 10))
    #expect(try server.end().status == 0)
  }

  @Test("a worker that dies again and again without an answer is given up", arguments: ways)
  func givenUp(way: String) throws {
    let server = try Server("fork", ["--workers", "2", "--accept", way])
    func isGivenUp(_ count: Int) -> Bool { server.notes.filter { $0.contains("given up") }.count >= count }
    func killUntilGivenUp(_ count: Int, _ choose: ([Int32]) -> Int32?) throws {
      for _ in 0..<20 where !isGivenUp(count) {
        if let worker = choose(workers(of: server)) { try killWorker(worker, of: server) }
      }
      #expect(isGivenUp(count))
    }
    let survivor = try #require(workers(of: server).first)
    try killUntilGivenUp(1) { $0.last { $0 != survivor } }
    #expect(workers(of: server) == [survivor])
    for _ in 0..<10 { #expect(try server.get("/").process == survivor) }
    // The survivor has answered, and is forked again more often than one that has not.
    try killUntilGivenUp(2) { $0.first }
    let outcome = try server.outcome()
    #expect(outcome.status == 1)
    #expect(server.notes.last?.contains("no worker is left") == true)
  }

  private static let prlimit = "/usr/bin/prlimit"

  @Test(
    "a worker that cannot be forked again at the moment is tried again later, and others serve meanwhile",
    .enabled(if: File.isExecutable(prlimit), "prlimit (util-linux) is installed"))
  func forkedLater() throws {
    let server = try Server("fork", ["--workers", "2", "--accept", "pass"])
    func limitDescriptors(to count: Int) throws {
      let words = ["--pid", "\(server.running.identifier)", "--nofile=\(count):"]
      let outcome = try Program(path: Self.prlimit).run(words)
      #expect(outcome.status == 0, "\(outcome.error)")
    }
    // Connections are passed in turn.
    let clients = try (0..<2).map { _ in try server.client() }
    let owners = try clients.map { try #require(try $0.get("/").process) }
    // With no descriptor left, the parent cannot make the channel of a new worker.
    try limitDescriptors(to: 3)
    try killWorker(owners[0], of: server)
    #expect(server.notes.last?.contains("and another cannot be forked now: cannot ") == true)
    #expect(try clients[1].get("/").process == owners[1] && owners[0] != owners[1])
    try limitDescriptors(to: 512)
    try waitUntil("it is forked again") {
      server.notes.last?.contains(" was forked again as process ") == true
    }
    #expect(workers(of: server).count == 2)
    #expect(try server.get("/api/1000").body == "500500\n")
    #expect(try server.end().status == 0)
    #expect(server.notes.count == 2)
  }

  @Test("workers end with their parent", arguments: ways)
  func orphaned(way: String) throws {
    let server = try Server("fork", ["--workers", "3", "--accept", way])
    let workers = workers(of: server)
    #expect(workers.count == 3)
    _ = try server.end(by: SIGKILL)
    try waitUntil("the workers have ended") { !workers.contains(where: ProcessTable.isRunning) }
    #expect(server.refuses)
  }

  @Test("a signal to all processes at once, such as Ctrl-C, drains them", arguments: ways)
  func signalToAll(way: String) throws {
    for signal in [SIGTERM, SIGINT] {
      let server = try Server("fork", ["--workers", "2", "--accept", way])
      let client = try server.client()
      // Each worker serves.
      try waitUntil("a worker has answered") { try client.get("/").status == 200 }
      client.end()
      for process in server.tree.reversed() { kill(process, signal) }
      let outcome = try server.outcome()
      #expect(outcome.status == 0 && outcome.error == "", "\(outcome)")
    }
  }

  @Test("a worker that dies while the service drains is an error")
  func killedWhileDraining() throws {
    let server = try Server("fork", ["--workers", "1", "--grace", "60"])
    let client = try server.client()
    try client.request("/wait/60000")
    try server.waitForInFlight(1)
    let worker = try #require(workers(of: server).first)
    server.running.send(SIGTERM)
    try waitUntil("connections are refused") { server.refuses }
    kill(worker, SIGKILL)
    let outcome = try server.outcome()
    #expect(outcome.status == 1)
    #expect(server.notes.count == 2 && server.notes[0].contains("was killed by SIGKILL while it drained"))
    #expect(server.notes.last?.hasSuffix("1 worker died before all requests were answered") == true)
  }

  @Test("the ways to share a port drain what is in flight", arguments: ways)
  func drains(way: String) throws {
    for time in [300, 2_000, 15_000, 60_000] {
      let server = try Server("fork", ["--workers", "2", "--accept", way, "--grace", "100"])
      let clients = try (0..<6).map { _ in try server.client() }
      for client in clients { try client.request("/wait/\(time)") }
      try server.waitForInFlight(clients.count)
      server.running.send(SIGTERM)
      try waitUntil("connections are refused") { server.refuses }
      if try clients.contains(where: { try $0.hasMore }) { continue }
      for client in clients {
        #expect(try client.answer().closes)
        client.end()
      }
      let outcome = try server.outcome()
      #expect(outcome.status == 0 && outcome.error == "")
      return
    }
    Issue.record("no wait was in flight when the service began to drain")
  }
}

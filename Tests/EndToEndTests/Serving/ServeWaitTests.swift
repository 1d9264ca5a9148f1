import TestSupport
import Testing

/// Requests that take time without using a core.
@Suite(.blocking) struct ServeWaitTests {
  @Test("a wait holds up no other request, even with one worker", arguments: Server.models)
  func suspended(model: String) throws {
    let server = try Server(model, ["--workers", "1"])
    let clients = try (0..<20).map { _ in try server.client() }
    for client in clients { try client.request("/wait/60000") }
    try server.waitForInFlight(clients.count)
    let other = try server.client()
    for _ in 0..<10 { #expect(try other.get("/api/1000").body == "500500\n") }
    #expect(try clients.allSatisfy { try !$0.hasMore })
  }

  @Test("waits end in the order of their times", arguments: Server.models)
  func ordered(model: String) throws {
    let server = try Server(model, ["--workers", "1"])
    let (long, short) = (try server.client(), try server.client())
    try long.request("/wait/60000")
    try short.request("/wait/1")
    #expect(try short.answer().body == "waited 1 ms\n")
    #expect(try !long.hasMore)
  }

  @Test(
    "a wait that blocks holds up the other requests of its event loop",
    arguments: ["single", "fork", "taskgroup"])
  func blocking(model: String) throws {
    let server = try Server(model, ["--workers", "1"])
    let (blocking, other) = (try server.client(), try server.client())
    // Both are accepted, and the loop has handled `blocking` last: it stands before `other` in the kernel's list.
    _ = try other.get("/")
    _ = try blocking.get("/")
    try blocking.request("/wait/200?blocking")
    try other.request("/")
    _ = try other.answer()
    #expect(try blocking.hasMore)
    #expect(try blocking.answer().body == "waited 200 ms\n")
  }
}

import Foundation
import Platform
import TestSupport
import Testing

/// Services that have a share of the machine, or that take a time to start.
@Suite(.blocking) struct ServeShareTests {
  @Test("a service with a share answers everything, in order and exactly", arguments: Server.models)
  func answers(model: String) throws {
    let server = try Server(model, ["--share", "0.2", "--workers", "1"])
    let client = try server.client()
    for number in [0, 7, 1000, 200_000, 3_000_000] as [UInt64] {
      #expect(try client.get("/api/\(number)").body == "\(number * (number + 1) / 2)\n")
    }
    try client.send(
      ["/api/200000", "/healthcheck", "/api/10"].map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
    for body in ["20000100000\n", "ok\n", "55\n"] { #expect(try client.answer().body == body) }
    #expect(try server.get("/none").status == 404)
  }

  @Test(
    "an answer is held until a machine of the share would have it, also after idle time",
    arguments: Server.models)
  func latency(model: String) throws {
    let server = try Server(model, ["--share", "0.2", "--workers", "1"])
    let client = try server.client()
    #expect(try client.get("/healthcheck").status == 200)
    Clock.sleep(until: Clock.monotonic.now() + 300_000_000)
    let (start, ticks) = (Clock.monotonic.now(), server.cpuTicks)
    #expect(try client.get("/api/2e8").body == "20000000100000000\n")
    let time = Double(Clock.monotonic.now() - start)
    // The ticks of 10 ms may be up to two more than the CPU time. A slow machine only makes both times longer.
    #expect(time * 0.2 >= Double(server.cpuTicks - ticks - 2) * 1e7, "\(time / 1e6) ms")
  }

  @Test("at SIGTERM, a service with a share answers what is in flight and ends", arguments: Server.models)
  func drains(model: String) throws {
    let server = try Server(model, ["--share", "0.3", "--workers", "1", "--grace", "60"])
    let client = try server.client()
    try client.request("/wait/300")
    try server.waitForInFlight(1)
    server.running.send(SIGTERM)
    #expect(try client.answer().body == "waited 300 ms\n")
    let outcome = try server.outcome()
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
  }

  @Test(
    "work that the share makes too long does not hold up the end beyond the grace", arguments: Server.models)
  func grace(model: String) throws {
    let server = try Server(model, ["--share", "0.01", "--workers", "1", "--grace", "0.5"])
    let client = try server.client()
    // A hundredth of a core needs half a minute for it.
    try client.request("/api/1e9")
    try waitUntil("it is at work") { server.cpuTicks >= 10 }
    let outcome = try server.end()
    #expect(outcome.status == 1 && outcome.error.contains("within the grace"), "\(outcome)")
  }

  @Test("a service listens after its start-up time")
  func startUp() throws {
    let server = try Server("single", ["--start-up", "0.2"])
    #expect(try server.get("/healthcheck").status == 200)
  }

  @Test(
    "SIGTERM ends a service that starts up, in order and without output",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "the system shows no handlers"),
    arguments: Server.models)
  func endInStartUp(model: String) throws {
    let running = try Program("scaleup-\(model)").start(["serve", "--port", "0", "--start-up", "3600"])
    defer { running.send(SIGKILL) }
    try waitUntil("SIGTERM is caught") { Self.catchesEnd(running.identifier) }
    running.send(SIGTERM)
    let outcome = try running.wait()
    #expect(outcome.status == 0 && outcome.output == "" && outcome.error == "", "\(outcome)")
  }

  /// Whether a process has a handler for SIGTERM.
  private static func catchesEnd(_ process: Int32) -> Bool {
    let status = FileTree.machine.text("proc/\(process)/status") ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
    let mask = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
    return mask & (1 << UInt64(SIGTERM - 1)) != 0
  }
}

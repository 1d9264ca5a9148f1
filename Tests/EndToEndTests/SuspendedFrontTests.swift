import Foundation
import Platform
import Records
import Synchronization
import TestSupport
import Testing

/// A balancer and a queue of jobs that are stopped and continued by themselves.
@Suite(.blocking) struct SuspendedFrontTests {
  /// The number of requests that a server has received.
  private final class Counter: Sendable {
    let count = Atomic<Int>(0)
  }

  /// Stops a front for longer than anything may take that it waits for.
  private func suspend(_ front: ControlledFront) throws {
    front.running.send(SIGSTOP)
    try waitUntil("it is stopped") { ProcessTable.state(of: front.running.identifier) == "T" }
    Clock.sleep(until: Clock.monotonic.now() + 6_000_000_000)
    front.running.send(SIGCONT)
  }

  @Test(
    "a check that was in flight while the front was stopped has not failed", arguments: ["balance", "jobs"])
  func check(front name: String) throws {
    // Every check is answered but the second, which is in flight when the front is stopped.
    let checks = Counter()
    let server = try ScriptedServer { _ in
      let index = checks.count.add(1, ordering: .acquiringAndReleasing).oldValue
      return index == 1 ? [] : [.send(ScriptedServer.answer("ok\n"))]
    }
    let front = try ControlledFront(
      name, ["--check-interval", "4s", "--check-timeout", "4s", "--fall", "1"])
    try front.command("add i-1 127.0.0.1 \(server.port)")
    try waitUntil("the second check is in flight") { checks.count.load(ordering: .acquiring) == 2 }
    try suspend(front)
    try waitUntil("a check has been answered") { checks.count.load(ordering: .acquiring) >= 4 }
    let target = try #require(try front.status().targets.first)
    #expect(target.state == .healthy && target.problem == nil)
    #expect(!front.notes.contains("unhealthy"))
  }

  @Test("a job in hand while the queue was stopped keeps its time, and is not given out again")
  func job() throws {
    let isOpen = Counter()
    let server = try ScriptedServer { request in
      while request.path == "/api/4", isOpen.count.load(ordering: .acquiring) == 0 {
        Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
      }
      return [.send(ScriptedServer.answer("10"))]
    }
    let queue = try JobsProgram(["--timeout", "5s"])
    try queue.add("i-1", server)
    let address = try #require(try queue.post("/api/4")["Location"])
    try queue.waitForJobInHand(of: "i-1")
    try suspend(queue)
    #expect(try queue.status().targets.first?.inFlight == 1)
    isOpen.count.store(1, ordering: .releasing)
    try queue.waitForDone(1)
    let job = try queue.job(address)
    #expect(job.state == "done" && job.attempts == 1)
  }
}

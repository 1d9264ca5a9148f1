import Fleet
import Foundation
import Platform
import Records
import TestSupport
import Testing

/// Fronts of a fleet that die or hang.
@Suite(.blocking) struct FleetFrontTests {
  /// A front: the options that choose it, the word by which its process is known, and its name in messages.
  struct Front: CustomTestStringConvertible {
    let options: [String]
    let word, name: String

    var testDescription: String { name }
  }

  static var fronts: [Front] {
    var fronts = [
      Front(options: [], word: "balance", name: "the balancer"),
      Front(options: ["--queue", "embedded"], word: "jobs", name: "the queue"),
    ]
    if HAProxyFront.path() != nil {
      fronts.append(Front(options: ["--balancer", "haproxy"], word: "haproxy", name: "HAProxy"))
    }
    return fronts
  }

  private func fleet(_ front: Front, in folder: Folder) throws -> RunningFleet {
    let journal = front.word == "jobs" ? ["--journal", "\(folder.path)/jobs"] : []
    let fleet = try RunningFleet(
      ["--min", "2", "--policy", "none", "--rate", "20"] + front.options + journal)
    try fleet.waitFor("in service", count: 2)
    return fleet
  }

  @Test("a front that dies ends the fleet with one line, status 1 and no process left", arguments: fronts)
  func dies(front: Front) throws {
    let folder = try Folder()
    let fleet = try fleet(front, in: folder)
    let tree = fleet.tree
    kill(try fleet.front(front.word), SIGKILL)
    let failure = try #require(try fleet.record(status: 1).failure)
    #expect(failure.hasPrefix(front.name) && failure.hasSuffix("was killed by SIGKILL"))
    #expect(fleet.events.last == "FAILED: \(failure)")
    #expect(tree.allSatisfy { !ProcessTable.isRunning($0) })
  }

  @Test("Ctrl-C ends a fleet whose front hangs before that is noticed", arguments: fronts)
  func hangs(front: Front) throws {
    let folder = try Folder()
    let fleet = try fleet(front, in: folder)
    let tree = fleet.tree
    kill(try fleet.front(front.word), SIGSTOP)
    let record = try fleet.interrupt()
    #expect(record.interrupted == true && record.failure == nil)
    #expect(tree.allSatisfy { !ProcessTable.isRunning($0) })
  }

  @Test(
    "a fleet that was stopped and continued goes on as if nothing had happened, Ctrl-Z also stops its programs",
    arguments: fronts, [SIGTSTP, SIGSTOP])
  func paused(front: Front, signal: Int32) throws {
    let folder = try Folder()
    let journal = front.word == "jobs" ? ["--journal", "\(folder.path)/jobs"] : []
    let fleet = try RunningFleet(
      ["--min", "2", "--policy", "none", "--check-interval", "500ms", "--fall", "2"]
        + front.options + journal)
    try fleet.waitFor("in service", count: 2)
    try fleet.waitFor("began", of: "group")
    let programs = try fleet.instances + [fleet.front(front.word)]
    fleet.running.send(signal)
    let stopped = [fleet.running.identifier] + (signal == SIGTSTP ? programs : [])
    try waitUntil("all are stopped") { stopped.allSatisfy { ProcessTable.state(of: $0) == "T" } }
    // Longer than all failed checks may take.
    Clock.sleep(until: Clock.monotonic.now() + 3_000_000_000)
    fleet.running.send(SIGCONT)
    try fleet.waitFor("continued", of: "group")
    kill(try #require(fleet.instances.first), SIGKILL)
    try fleet.waitFor("in service", of: "i-3")
    let record = try fleet.interrupt()
    #expect(record.failure == nil && record.instances.count == 3)
    #expect(!record.events.contains { $0.kind == .unhealthy })
  }

  @Test("a front that hangs is noticed and ends the fleet with one line", arguments: fronts)
  func noticed(front: Front) throws {
    let folder = try Folder()
    let fleet = try fleet(front, in: folder)
    let tree = fleet.tree
    kill(try fleet.front(front.word), SIGSTOP)
    let failure = try #require(try fleet.record(status: 1).failure)
    #expect(failure.hasPrefix(front.name) && failure.contains("did not answer"), "\(failure)")
    #expect(tree.allSatisfy { !ProcessTable.isRunning($0) })
  }
}

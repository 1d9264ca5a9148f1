import Autoscaling
import Fleet
import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// A fleet of real processes.
@Suite(.blocking) struct FleetTests {
  @Test("an instance that is killed is replaced, and Ctrl-C ends the fleet with all its processes")
  func replaces() throws {
    let fleet = try RunningFleet(["--min", "2", "--policy", "none"])
    try fleet.waitFor("in service", count: 2)
    kill(try #require(fleet.instances.first), SIGKILL)
    try fleet.waitFor("died")
    try fleet.waitFor("in service", of: "i-3")
    let children = ProcessTable.children(of: fleet.running.identifier)
    #expect(children.count >= 3)
    let record = try fleet.interrupt()
    #expect(children.allSatisfy { !ProcessTable.isRunning($0) })
    #expect(record.interrupted == true && record.failure == nil)
    #expect(record.instances.map(\.name) == ["i-1", "i-2", "i-3"])
    #expect(record.instances.count { $0.reason == "was killed by SIGKILL" } == 1)
  }

  @Test("no process outlives a fleet that is killed, forked workers included", arguments: ["single", "fork"])
  func killedFleet(model: String) throws {
    let fleet = try RunningFleet(["--model", model, "--min", "2", "--policy", "none"])
    try fleet.waitFor("in service", count: 2)
    let children = ProcessTable.children(of: fleet.running.identifier)
    let all = children + children.flatMap { ProcessTable.children(of: $0) }
    #expect(all.count >= (model == "fork" ? 5 : 3))
    fleet.running.send(SIGKILL)
    try waitUntil("all have ended") { all.allSatisfy { !ProcessTable.isRunning($0) } }
  }

  @Test("a frozen instance is found by its checks and replaced")
  func freezes() throws {
    let fleet = try RunningFleet([
      "--min", "2", "--policy", "none", "--check-interval", "200ms", "--freeze-every", "6s",
      "--drain", "1s",
    ])
    try fleet.waitFor("frozen")
    try fleet.waitFor("unhealthy")
    try fleet.waitFor("replaced")
    try fleet.waitFor("in service", of: "i-3")
    try fleet.waitFor("ended")
    let record = try fleet.interrupt()
    let frozen = try #require(record.events.first { $0.kind == .frozen })
    #expect(record.events.contains { $0.kind == .unhealthy && $0.instance == frozen.instance })
  }

  @Test("instances that never become healthy are not launched for ever, and the fleet says why it ends")
  func neverHealthy() throws {
    let folder = try Folder()
    try folder.install(["scaleup"])
    let model = try Program("scaleup-single").path
    try folder.write(
      "#!/bin/sh\nif [ \"$1\" = serve ]; then echo 'no such database' >&2; exit 3; fi\nexec '\(model)' \"$@\"\n",
      to: "scaleup-single", isExecutable: true)
    let fleet = try RunningFleet(["--min", "1"], program: Program(path: folder.path + "/scaleup"))
    let record = try fleet.record(status: 1)
    #expect(record.instances.count == GroupSettings.mostFailedLaunches)
    let failure = try #require(record.failure)
    #expect(failure.contains("3 launches in a row never came into service"))
    #expect(failure.contains("exited with status 3: no such database"))
    #expect(record.events.count { $0.kind == .gaveUp } == 1)
  }

  @Test("the last words of instances that do not listen in time are in the line that says why the fleet ends")
  func neverListening() throws {
    let folder = try Folder()
    try folder.install(["scaleup"])
    let model = try Program("scaleup-single").path
    try folder.write(
      """
      #!/bin/sh
      if [ "$1" = serve ]; then echo 'waiting for the database' >&2; exec sleep 1000; fi
      exec '\(model)' "$@"

      """, to: "scaleup-single", isExecutable: true)
    let fleet = try RunningFleet(
      ["--min", "1", "--grace", "300ms", "--check-interval", "100ms"],
      program: Program(path: folder.path + "/scaleup"))
    let failure = try #require(try fleet.record(status: 1).failure)
    #expect(failure.contains("3 launches in a row never came into service"))
    #expect(failure.contains("(it does not listen: waiting for the database)"))
  }

  @Test("a rolling replacement under traffic loses no request, and every instance is of a new template")
  func rolls() throws {
    let fleet = try RunningFleet([
      "--min", "2", "--policy", "none", "--rate", "40", "--path", "/api/1e4", "--replace-every", "3s",
      "--seconds", "8", "--check-interval", "200ms",
    ])
    let record = try fleet.record()
    let load = try #require(record.load)
    #expect(load.answered > 0 && load.errors.total == 0, "\(load.errors)")
    #expect(record.events.contains { $0.kind == .rolled })
    #expect(record.instances.contains { $0.template == 2 && $0.inService != nil })
  }

  @Test("the decisions of a fleet under traffic are those of its policy, replayed from the recorded samples")
  func replays() throws {
    let fleet = try RunningFleet([
      "--policy", "hpa", "--max", "4", "--rate", "150", "--path", "/api/1e6", "--seconds", "8",
    ])
    let record = try fleet.record()
    #expect(record.decisions.count > 10)
    let policy = try JSON.decode(Policy.self, from: record.settings.policyFile)
    #expect(record.replayedDecisions(of: policy) == record.decisions)
    #expect(record.points.contains { $0.rate > 0 && $0.utilization != nil })
  }
}

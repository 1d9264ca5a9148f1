import Platform
import Records
import TestSupport
import Testing

@testable import scaleup

/// A front that is a program, here a script.
@Suite struct ProgramFrontTests {
  private static let ready =
    ServiceRecord(model: "balance", workers: 1, address: "127.0.0.1", port: 4711, process: 1).jsonText

  /// As in `scaleup fleet`, a write to a front that has ended is an error and does not end the process.
  init() { ignoreBrokenPipes() }

  private func front(_ script: String) throws -> ProgramFront {
    try ProgramFront("the balancer", "/bin/sh", ["-c", script])
  }

  @Test("a front takes commands in order and answers with its state")
  func commands() throws {
    // Its state has a target for each line since the start but `status`.
    var front = try front(
      """
      echo '\(Self.ready)'; t=
      while read line; do
        case $line in
          status) echo "{\\"schema\\":\\"scaleup.front/1\\",\\"time\\":1,\\"requests\\":0,\\"answered\\":0,\\"failed\\":0,\\"targets\\":[$t]}";;
          *) t="$t${t:+,}{\\"name\\":\\"$line\\",\\"state\\":\\"healthy\\",\\"since\\":0,\\"inFlight\\":0,\\"answered\\":0,\\"failed\\":0}";;
        esac
      done
      """)
    #expect(front.port == 4711)
    try front.add("i-1", address: "127.0.0.1", port: 8081)
    try front.drain("i-1")
    try front.remove("i-1")
    let names = try front.status().targets.map(\.name)
    #expect(names == ["add i-1 127.0.0.1 8081", "drain i-1", "remove i-1"])
    front.shutDown()
    front.shutDown()
  }

  @Test("a front that cannot start is an error with its last words")
  func noStart() {
    #expect(throws: FleetFailure(description: "the balancer exited with status 1: cannot listen")) {
      _ = try front("echo 'scaleup: cannot listen' >&2; exit 1")
    }
    #expect(throws: FleetFailure.self) { _ = try front("echo nonsense; read line") }
  }

  @Test("a front that is gone is an error with its last words, and is shut down at once")
  func gone() throws {
    var front = try front("echo '\(Self.ready)'; read line; echo 'out of memory' >&2; exit 1")
    try front.drain("i-1")
    #expect(throws: FleetFailure(description: "the balancer exited with status 1: out of memory")) {
      _ = try front.status()
    }
    front.shutDown()
  }

  @Test("a wait for a front that hangs ends when someone asks for it")
  func interrupted() throws {
    var isAsked = false
    var front = try ProgramFront(
      "the balancer", "/bin/sh", ["-c", "echo '\(Self.ready)'; exec sleep 1000"], unless: { isAsked })
    isAsked = true
    #expect(throws: FrontInterruption.self) { _ = try front.status() }
    front.shutDown()
  }

  @Test(
    "a front that is killed, or ends without an error, is an error that says so, without its last notice",
    arguments: [
      ("kill -9 $$", "the balancer was killed by SIGKILL"), ("exit 0", "the balancer exited with status 0"),
    ])
  func killed(_ end: String, _ reason: String) throws {
    var front = try front(
      "echo '\(Self.ready)'; read line; echo 'scaleup: target i-1 is healthy' >&2; \(end)")
    #expect(throws: FleetFailure(description: reason)) { _ = try front.status() }
  }

  @Test("a front that ignores the end of its input is killed")
  func stubborn() throws {
    var front = try front("echo '\(Self.ready)'; exec sleep 1000")
    front.shutDown()
  }
}

import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// A fleet that a test runs, on a port that the system chose. It is killed with the value's last reference.
final class RunningFleet: JobsService {
  let running: Program.Running

  /// Starts a fleet without start-up work, whose events are printed and whose record is its output.
  init(_ options: [String], program: Program? = nil) throws {
    running = try (program ?? Program("scaleup")).start(
      ["fleet", "--port", "0", "--start-up", "0s", "--events", "--json"] + options,
      environment: ["SWIFT_BACKTRACE": "enable=no"])
  }

  deinit { running.send(SIGKILL) }

  /// The lines of the events so far.
  var events: [Substring] { (running.streams.text("error") ?? "").split(separator: "\n") }

  /// Waits until an event of a kind was printed.
  func waitFor(_ kind: String, of instance: String = "", count: Int = 1) throws {
    try waitUntil("\(count) × \(kind) \(instance) in \(events.joined(separator: "\n"))") {
      events.count { $0.contains("  \(kind): ") && $0.contains("  \(instance)") } >= count
    }
  }

  /// The port for clients.
  var jobsPort: Int {
    get throws {
      let start = "serving http://127.0.0.1:"
      try waitUntil("the fleet serves") { events.contains { $0.hasPrefix(start) } }
      let line = try #require(events.first { $0.hasPrefix(start) })
      return try #require(Int(line.dropFirst(start.count).prefix { $0 != "/" }))
    }
  }

  /// The children of the fleet, and theirs.
  var tree: [Int32] {
    let children = ProcessTable.children(of: running.identifier)
    return children + children.flatMap { ProcessTable.children(of: $0) }
  }

  /// The process of the front, whose command line has a word.
  func front(_ word: String) throws -> Int32 {
    try #require(
      ProcessTable.children(of: running.identifier).first {
        FileTree.machine.text("proc/\($0)/cmdline")?.split(separator: "\0").contains { $0.hasSuffix(word) }
          == true
      })
  }

  /// The processes of the instances.
  var instances: [Int32] {
    ProcessTable.children(of: running.identifier).filter {
      FileTree.machine.text("proc/\($0)/cmdline")?.split(separator: "\0").contains("serve") == true
    }
  }

  /// Ends the fleet as Ctrl-C does, and returns its record.
  func interrupt() throws -> FleetRecord {
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(outcome.status == 130, "\(outcome.error)")
    return try JSON.decode(FleetRecord.self, from: outcome.output)
  }

  /// Waits for the fleet's own end, and returns its record.
  func record(status: Int32 = 0) throws -> FleetRecord {
    let outcome = try running.wait()
    #expect(outcome.status == status, "\(outcome.error)")
    return try JSON.decode(FleetRecord.self, from: outcome.output)
  }
}

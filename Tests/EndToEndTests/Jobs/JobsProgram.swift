import Foundation
import TestSupport

/// A queue of jobs that a test runs. Its instances are checked often.
final class JobsProgram: ControlledFront, JobsService {
  init(_ options: [String] = []) throws {
    try super.init("jobs", ["--check-interval", "0.05", "--check-timeout", "0.05"] + options)
  }

  var jobsPort: Int { record.port }

  func add(_ name: String, _ server: Server) throws {
    try command("add \(name) 127.0.0.1 \(server.record.port)")
  }

  func add(_ name: String, _ server: ScriptedServer) throws {
    try command("add \(name) 127.0.0.1 \(server.port)")
  }

  /// Waits until so many jobs are done.
  func waitForDone(_ count: Int) throws {
    try waitUntil("\(count) jobs are done") { try status().jobs?.done == count }
  }

  /// Waits until an instance has a job in hand.
  func waitForJobInHand(of name: String) throws {
    try waitUntil("\(name) has a job in hand") {
      try status().targets.contains { $0.name == name && $0.inFlight > 0 }
    }
  }
}

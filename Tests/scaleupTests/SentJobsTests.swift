import Synchronization
import TestSupport
import Testing

@testable import scaleup

/// Jobs that a lesson sends to a queue, here a script.
struct SentJobsTests {
  private static let accepted = ScriptedServer.answer("/jobs/1\n", status: "202 Accepted")

  @Test("all jobs of a backlog are sent over one connection, and waited for until they are accepted")
  func accepted() throws {
    let wrong = Atomic<Int>(0)
    let server = try ScriptedServer { request in
      if request.path != "/jobs?path=/wait/5" { wrong.add(1, ordering: .relaxed) }
      return [.send(Self.accepted)]
    }
    try SentJobs.send(20, "/wait/5", toPort: server.port)
    #expect(server.requestCount == 20 && server.connectionCount == 1)
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test("a queue that ends before it has accepted all jobs is an error")
  func refused() throws {
    let server = try ScriptedServer { $0.index < 3 ? [.send(Self.accepted)] : [.close] }
    #expect(throws: FleetFailure.self) { try SentJobs.send(5, "/wait/5", toPort: server.port) }
  }
}

import Foundation
import Platform
import Records
import TestSupport
import Testing

/// The requests of a load generator that are lost when a worker is killed.
@Suite(.blocking) struct ServeLossTests {
  #if os(Linux)
    @Test(
      "kill -9 of a worker loses at most a request per connection of that worker, and each loss is reported",
      arguments: ServeForkTests.ways)
    func killed(way: String) throws {
      let server = try Server("fork", ["--workers", "2", "--accept", way])
      let load = try Program("scaleup").start([
        "load", "http://127.0.0.1:\(server.record.port)/wait/50", "--rate", "200", "--connections", "32",
        "--seconds", "2", "--warmup", "0", "--timeout", "60", "--json",
      ])
      let workers = ProcessTable.children(of: server.running.identifier)
      try waitUntil("a worker has connections") { workers.contains { connections(of: $0) >= 4 } }
      let victim = try #require(workers.max { connections(of: $0) < connections(of: $1) })
      // A stopped worker accepts nothing, so that its connections can be counted. What is sent to it meanwhile is lost, too.
      kill(victim, SIGSTOP)
      try waitUntil("it is stopped") { ProcessTable.state(of: victim) == "T" }
      let most = connections(of: victim)
      kill(victim, SIGKILL)
      let outcome = try load.wait()
      #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
      let record = try JSONDecoder().decode(LoadRecord.self, from: Data(outcome.output.utf8))
      // Answered, failed, unanswered and unsent requests are those that were due: a rule of the record.
      #expect(record.contradiction == nil && record.unanswered == 0 && record.answered > 0)
      let broken = record.errors[.connectionReset] + record.errors[.closedEarly]
      #expect(record.errors.total == broken, "\(record.errors)")
      // Connections that wait in a listener's queue wait on; those in the channel of the worker are lost with it.
      if way != "pass" { #expect(broken <= most, "\(broken) of \(most)") }
      #expect(broken <= record.connections)
      try waitUntil("it is forked again") { server.notes.contains { $0.contains("(process \(victim))") } }
      #expect(server.notes.count == 1)
      #expect(try server.end().status == 0)
    }

    /// The number of a worker's sockets, without the one over which it gets connections.
    private func connections(of worker: Int32) -> Int {
      let directory = "/proc/\(worker)/fd"
      let links = ((try? File.names(in: directory)) ?? []).map {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\($0)")
      }
      return max(0, links.count { $0?.hasPrefix("socket:") == true } - 1)
    }
  #endif
}

import Foundation
import Records
import TestSupport
import Testing

/// A queue of jobs that a test runs, on a port that the system chose. It is killed with the value's last reference.
final class JobsProgram {
  /// A job as the queue describes it.
  struct Job: Decodable {
    let id, path, state: String
    let attempts: Int
    let result, reason, instance: String?
  }

  let running: Program.Running
  let record: ServiceRecord
  private let input = Foundation.Pipe()

  /// Starts a queue that takes commands, and waits until it is ready. Its instances are checked often.
  init(_ options: [String] = []) throws {
    running = try Program("scaleup").start(
      ["jobs", "--port", "0", "--control", "--check-interval", "0.05", "--check-timeout", "0.05"] + options,
      input: input.fileHandleForReading)
    let running = self.running
    do {
      try waitUntil("the queue is ready") {
        running.streams.text("output")?.hasSuffix("\n") == true || !running.process.isRunning
      }
      record = try JSONDecoder().decode(
        ServiceRecord.self, from: Data((running.streams.text("output") ?? "").utf8))
    } catch {
      running.send(SIGKILL)
      throw error
    }
  }

  deinit {
    if running.process.isRunning { running.send(SIGKILL) }
  }

  /// The lines on standard error.
  var notes: String { running.streams.text("error") ?? "" }

  func command(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Asks for the status, and waits for it.
  func status() throws -> FrontStatus {
    let before = lines.count
    try command("status")
    try waitUntil("the queue tells its status") { lines.count > before }
    return try JSONDecoder().decode(FrontStatus.self, from: Data(lines[before].utf8))
  }

  private var lines: [Substring] {
    let text = running.streams.text("output") ?? ""
    let complete = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return Array(complete)
  }

  func client() throws -> HTTPClient {
    try #require(try HTTPClient(port: record.port), "the connection was refused")
  }

  /// Puts a job into the queue, and returns the answer.
  func post(_ path: String, over client: HTTPClient? = nil) throws -> HTTPAnswer {
    let client = try client ?? self.client()
    try client.send(Self.request(path))
    return try client.answer(to: "POST")
  }

  /// The request that puts a job into the queue.
  static func request(_ path: String) -> String {
    "POST /jobs HTTP/1.1\r\nHost: test\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)"
  }

  /// Returns a job.
  func job(_ address: String, over client: HTTPClient? = nil) throws -> Job {
    let answer = try (client ?? self.client()).get(address)
    try #require(answer.status == 200, "\(address): \(answer.status) \(answer.body)")
    return try JSONDecoder().decode(Job.self, from: Data(answer.body.utf8))
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

  /// Kills it and waits for its end.
  func kill() throws {
    running.send(SIGKILL)
    try waitUntil("the queue has ended") { !running.process.isRunning }
  }

  /// Ends its standard input and waits for its end.
  func end() throws -> Program.Outcome {
    try input.fileHandleForWriting.close()
    try waitUntil("the queue has ended") { !running.process.isRunning }
    return try running.wait()
  }
}

extension JobsProgram {
  func add(_ name: String, _ server: Server) throws {
    try command("add \(name) 127.0.0.1 \(server.record.port)")
  }
  func add(_ name: String, _ server: ScriptedServer) throws {
    try command("add \(name) 127.0.0.1 \(server.port)")
  }

  /// Checks that each job is done, with the right sum.
  func expectDone(_ jobs: [String: UInt64], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let client = try client()
    for (address, number) in jobs {
      let job = try job(address, over: client)
      let sum = "\(number * (number + 1) / 2)"
      #expect(
        job.state == "done" && job.result == sum, "\(address) of \(number): \(job)",
        sourceLocation: sourceLocation)
    }
  }
}

import Foundation
import Records
import TestSupport

extension Program {
  /// Starts a program that prints a `scaleup.service/1` record when it is ready, and waits for that.
  func startService(
    _ arguments: [String], input: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> (running: Running, record: ServiceRecord) {
    let running = try start(arguments, input: input, environment: environment)
    do {
      try waitUntil("\(path) is ready") {
        running.streams.text("output")?.hasSuffix("\n") == true || !running.process.isRunning
      }
      let text = running.streams.text("output") ?? ""
      return (running, try JSONDecoder().decode(ServiceRecord.self, from: Data(text.utf8)))
    } catch {
      running.send(SIGKILL)
      throw error
    }
  }
}

/// A balancer or a queue that a test drives over its standard input, on a port that the system chose. It is killed with the value's
/// last reference.
class ControlledFront {
  let running: Program.Running
  let record: ServiceRecord
  private let input = Foundation.Pipe()

  /// Starts a front, and waits until it is ready.
  ///
  /// - Parameter descriptors: The most descriptors that it may have (`ulimit -n`).
  init(_ subcommand: String, _ options: [String], descriptors: Int? = nil) throws {
    let program = try Program("scaleup")
    let words = [subcommand, "--port", "0", "--control", "--json"] + options
    if let descriptors {
      (running, record) = try Program(path: "/bin/sh").startService(
        ["-c", "ulimit -n \(descriptors); exec \"$@\"", "sh", program.path] + words,
        input: input.fileHandleForReading)
    } else {
      (running, record) = try program.startService(words, input: input.fileHandleForReading)
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
    try waitUntil("the front tells its status") { lines.count > before }
    return try JSONDecoder().decode(FrontStatus.self, from: Data(lines[before].utf8))
  }

  private var lines: [Substring] {
    let text = running.streams.text("output") ?? ""
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  /// Kills it and waits for its end.
  func kill() throws {
    running.send(SIGKILL)
    try waitUntil("the front has ended") { !running.process.isRunning }
  }

  /// Ends its standard input and waits for its end.
  func end() throws -> Program.Outcome {
    try input.fileHandleForWriting.close()
    try waitUntil("the front has ended") { !running.process.isRunning }
    return try running.wait()
  }
}

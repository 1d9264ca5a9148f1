import Foundation
import Platform
import TestSupport
import Testing

/// A Redis that a test runs, with a file that survives it. It is killed with the value's last reference.
final class RedisServer {
  /// The program; `nil` if it is not installed.
  static let program = File.executable(
    "redis-server", searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")

  let port: Int
  var url: String { "redis://127.0.0.1:\(port)" }
  private let folder: Folder
  private var running: Program.Running

  init() throws {
    // Another program may get the port before Redis has it: then Redis ends, and the test says so.
    port = try Listener(address: "127.0.0.1", port: 0).port
    folder = try Folder(prefix: "scaleup-redis-")
    running = try Self.start(port, folder)
    try waitForAnswer()
  }

  deinit {
    running.send(SIGKILL)
  }

  /// Kills it and waits for its end.
  func kill() throws {
    running.send(SIGKILL)
    _ = try running.wait()
  }

  /// Starts it again with its data.
  func restart() throws {
    running = try Self.start(port, folder)
    try waitForAnswer()
  }

  /// Sends a command as a line, and returns what it answers; nothing if it is not running.
  func ask(_ line: String) throws -> String {
    guard let client = try HTTPClient(port: port) else { return "" }
    try client.send(line + "\r\nQUIT\r\n")
    return try client.rest()
  }

  private static func start(_ port: Int, _ folder: Folder) throws -> Program.Running {
    try Program(path: try #require(program)).start(
      [
        "--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder.path, "--appendonly", "yes", "--save", "",
      ], in: folder)
  }

  private func waitForAnswer() throws {
    try waitUntil("Redis answers") {
      try #require(running.process.isRunning, "\(running.streams.text("output") ?? "")")
      return (try? ask("PING"))?.hasPrefix("+PONG") == true
    }
  }
}

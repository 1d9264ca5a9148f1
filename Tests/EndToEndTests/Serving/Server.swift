import Foundation
import Platform
import Records
import TestSupport
import Testing

/// A service that a test runs, on a port that the system chose. It is killed with the value's last reference.
final class Server {
  /// The models that serve.
  static let models = ["single", "fork", "threads", "taskgroup", "dispatch"]

  let running: Program.Running
  let record: ServiceRecord

  /// Starts a service and waits until it is ready.
  ///
  /// - Parameter descriptors: The most descriptors that a process of it may have (`ulimit -n`).
  init(_ model: String, _ options: [String] = [], descriptors: Int? = nil) throws {
    let program = try Program("scaleup-\(model)")
    let arguments = ["serve", "--port", "0", "--json"] + options
    // With backtraces enabled, a worker that crashes would start a debugger.
    let environment = ["SWIFT_BACKTRACE": "enable=no"]
    if let descriptors {
      (running, record) = try Program(path: "/bin/sh").startService(
        ["-c", "ulimit -n \(descriptors); exec \"$@\"", "sh", program.path] + arguments,
        environment: environment)
    } else {
      (running, record) = try program.startService(arguments, environment: environment)
    }
  }

  deinit {
    if running.process.isRunning { running.send(SIGKILL) }
  }

  /// Its process and those that it has forked.
  var tree: [Int32] { [running.identifier] + ProcessTable.children(of: running.identifier) }
  /// The lines on standard error.
  var notes: [Substring] { (running.streams.text("error") ?? "").split(separator: "\n") }

  /// Connects to it.
  func client() throws -> HTTPClient {
    try #require(try HTTPClient(port: record.port), "the connection was refused")
  }

  /// Sends a request on a connection of its own, and returns the answer.
  func get(_ path: String, method: String = "GET") throws -> HTTPAnswer {
    try client().get(path, method: method, headers: "Connection: close\r\n")
  }

  /// Whether it refuses connections.
  var refuses: Bool {
    get {
      // A service that begins to drain lets the system drop requests for connections, for which a client would ask again after
      // a second, before it refuses them.
      do { return try HTTPClient(port: record.port, patience: 50_000_000) == nil } catch { return false }
    }
  }

  /// The sum of a metric over all workers.
  func metric(_ name: String) throws -> Double {
    let lines = try get("/metrics").body.split(separator: "\n").filter { $0.hasPrefix(name) }
    return lines.reduce(0) { $0 + (Double($1.split(separator: " ").last ?? "") ?? .nan) }
  }

  /// Waits until so many requests are in flight.
  func waitForInFlight(_ count: Int) throws {
    // The request for the metrics is one itself.
    try waitUntil("\(count) requests are in flight") {
      try metric("scaleup_requests_in_flight") == Double(count + 1)
    }
  }

  /// The CPU time that its processes have used, in clock ticks of 10 ms.
  var cpuTicks: Int {
    tree.reduce(0) { sum, process in
      let fields = FileTree.machine.text("proc/\(process)/stat")?.split(separator: ")").last?.split(
        separator: " ")
      guard let fields, fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
        return sum
      }
      return sum + user + system
    }
  }

  /// Sends it a signal and waits for its end.
  func end(by signal: Int32 = SIGTERM) throws -> Program.Outcome {
    running.send(signal)
    return try outcome()
  }

  /// Waits for its end.
  func outcome() throws -> Program.Outcome {
    try waitUntil("the service has ended") { !running.process.isRunning }
    return try running.wait()
  }
}

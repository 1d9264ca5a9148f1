import Formatting
import Platform
import Records

/// A server that runs, with load generators beside it, for measurements in which processes are stopped or killed meanwhile.
///
/// A trial has one server, one generator and no faults (`ServiceTrial`). Here the caller starts generators when it likes.
public struct RunningService {
  /// The reason that a measurement failed.
  public struct Failure: Error, CustomStringConvertible {
    /// One line.
    public let description: String
  }

  /// A load generator that was started.
  public struct Load {
    fileprivate let position: Int
  }

  /// The time limits of the server until it is ready and after `SIGTERM`, in nanoseconds.
  private static let limit: UInt64 = 10_000_000_000
  /// The time that a generator may take beyond what it measures, in nanoseconds.
  private static let loadSlack: UInt64 = 30_000_000_000

  private let model: InstalledModel
  private let generator: LoadGenerator
  private let record: ServiceRecord
  private let server: Int
  fileprivate var children: ChildWatches

  /// Starts a server, and waits until it is ready.
  fileprivate init(
    _ model: InstalledModel, workers: Int, _ options: [String], _ generator: LoadGenerator,
    in children: inout ChildWatches
  ) throws {
    (self.model, self.generator) = (model, generator)
    let server = try children.start(
      model.serverLaunch(workers: workers, options: options), timeout: Self.limit)
    try children.wait { !$0[server].hasEnded && !$0[server].hasFailed && $0[server].firstLine == nil }
    guard let line = children[server].firstLine else {
      throw try Self.failure(of: server, in: &children, model.name, "before it was ready")
    }
    do { record = try model.readyRecord(line, workers: workers).get() } catch {
      throw Failure(description: "\(model.name) \(error)")
    }
    children[server].limit(to: .max)
    (self.server, self.children) = (server, children)
  }

  /// The lines that the server has written to standard error.
  public var notes: [Substring] { children[server].errorText.split(separator: "\n") }

  /// Sends the server a request, and returns the time from its launch until the answer begins to arrive, in nanoseconds.
  ///
  /// - Throws: `Failure` without a good answer in time, `SystemError`.
  public func timeToAnswer() throws -> UInt64 {
    let failure = Failure(description: "\(model.name) did not answer its first request")
    let connection = try Descriptor.connecting(to: record.address, port: record.port)
    guard connection.waitUntilWritable(atMost: Self.limit), connection.connectionError() == 0 else {
      throw failure
    }
    let request = Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    guard request.withUnsafeBytes(connection.send) == .bytes(request.count) else { throw failure }
    let isAnswered = try !poll([connection], for: Self.limit).isEmpty
    let time = Clock.monotonic.now() - children[server].child.startTime
    var answer = [UInt8](repeating: 0, count: 12)
    let received = answer.withUnsafeMutableBytes { connection.receive(into: $0) }
    guard isAnswered, received == .bytes(answer.count), answer.elementsEqual("HTTP/1.1 200".utf8) else {
      throw failure
    }
    return time
  }

  /// Starts a load generator.
  ///
  /// - Parameters:
  ///   - duration: The measured time in nanoseconds, after the warm-up of `Traffic`.
  ///   - opensConnections: Whether each request has a connection of its own.
  /// - Throws: `SystemError`.
  public mutating func start(
    _ traffic: Traffic, for duration: UInt64, opensConnections: Bool = false
  ) throws -> Load {
    let launch = generator.launch(
      traffic, for: duration, against: record, options: opensConnections ? ["--new-connections"] : [])
    return Load(position: try children.start(launch, timeout: 2 * duration + Self.loadSlack))
  }

  /// Waits until a condition holds, at most a time in nanoseconds.
  ///
  /// - Returns: Whether it held.
  /// - Throws: `Failure` if the server ends meanwhile, `Interruption`, `SystemError`.
  @discardableResult
  public mutating func wait(
    atMost time: UInt64, until condition: (Self) -> Bool = { _ in false }
  ) throws -> Bool {
    let end = Clock.monotonic.now() + time
    while !condition(self) {
      if Clock.monotonic.now() >= end { return false }
      try children.waitForEvent(until: end)
      try checkServer()
    }
    return true
  }

  /// Stops all processes of the server for a time.
  ///
  /// - Returns: The time for which they were stopped, which is longer if the machine is busy, in nanoseconds.
  /// - Throws: As `wait` does.
  public mutating func freeze(for time: UInt64) throws -> UInt64 {
    let start = Clock.monotonic.now()
    children[server].pause()
    defer { children[server].resume() }
    try wait(atMost: time)
    return Clock.monotonic.now() - start
  }

  /// Kills a process of the server, such as a forked worker, and returns whether it is one.
  public func kill(_ process: Int32) -> Bool {
    children[server].killMember(process)
  }

  /// Waits until a generator has ended, and returns what it measured.
  ///
  /// - Throws: `Failure` if the generator or the server failed, `Interruption`, `SystemError`.
  public mutating func result(of load: Load) throws -> LoadRecord {
    let (server, generator) = (server, load.position)
    try children.wait { !$0[server].hasEnded && $0[generator].isOpen }
    try checkServer()
    let execution = try Self.execution(of: generator, in: children, "the load generator")
    guard execution.ended.status == .exited(0) else {
      throw Failure(
        description: "the load generator \(execution.ended.reason())\(execution.lastWords)")
    }
    let report = Result { () throws(JSON.ReadError) in
      try JSON.decode(LoadRecord.self, from: execution.output)
    }
    switch report {
    case .success(let record) where record.contradiction == nil: return record
    case .success(let record):
      throw Failure(description: "the load generator printed a report that \(record.contradiction ?? "")")
    case .failure(let error): throw Failure(description: "the load generator printed a report that \(error)")
    }
  }

  /// Asks the server to end, and waits until it has.
  fileprivate mutating func end() throws {
    let server = server
    children[server].limit(to: Self.limit)
    children[server].terminate()
    try children.wait { $0[server].isOpen }
    if try Self.execution(of: server, in: children, model.name).ended.status != .exited(0) {
      throw try Self.failure(of: server, in: &children, model.name, "after SIGTERM")
    }
  }

  private mutating func checkServer() throws {
    if !children[server].hasEnded, !children[server].hasFailed { return }
    throw try Self.failure(of: server, in: &children, model.name, "during the measurement")
  }

  /// Returns the error of a server that has ended or was killed, after its last words.
  private static func failure(
    of server: Int, in children: inout ChildWatches, _ name: String, _ moment: String
  ) throws -> any Error {
    try children.wait { $0[server].isOpen }
    let execution = try execution(of: server, in: children, name)
    return Failure(description: "\(name) \(execution.ended.reason()) \(moment)\(execution.lastWords)")
  }

  private static func execution(
    of child: Int, in children: ChildWatches, _ name: String
  ) throws -> ChildRunner.Execution {
    switch children.outcome(of: child) {
    case .success(let execution) where execution.wasPaused:
      throw Failure(description: "\(name) was stopped and continued")
    case .success(let execution): return execution
    case .failure(.interrupted(let interruption)): throw interruption
    case .failure(let error): throw Failure(description: "\(name) \(error.reason)")
    }
  }
}

extension ChildRunner {
  /// Runs a server, calls a function with it, and ends it.
  ///
  /// - Parameters:
  ///   - options: Options of the server beside the common ones.
  ///   - generator: The load generator.
  ///   - body: Starts load generators and waits for them.
  /// - Throws: `RunningService.Failure`, `Interruption`, `SystemError`, the errors of `body`.
  public func withService<Value>(
    _ model: InstalledModel, workers: Int, options: [String] = [], _ generator: LoadGenerator,
    _ body: (inout RunningService) throws -> Value
  ) throws -> Value {
    let outcome = try watching {
      (children: inout ChildWatches) throws(SystemError) -> Result<Result<Value, any Error>, Failure> in
      .success(
        Result {
          var service = try RunningService(model, workers: workers, options, generator, in: &children)
          // What the service started is killed with the rest if it is left behind.
          defer { children = service.children }
          let value = try body(&service)
          try service.end()
          return value
        })
    }
    return try outcome.get()
  }
}

import Platform
import Records

/// The real HAProxy before the instances of a fleet, driven through its runtime socket. It needs HAProxy 2.6 or later.
///
/// It differs from the built-in balancer as HAProxy does:
/// - HAProxy adds a server in maintenance. This front ends that at once, and lets the server in when `status()` finds its first
///   good check. HAProxy itself would wait for `rise` of them.
/// - The first check of a server comes one interval after it was added.
/// - If no target is healthy, clients get 503: HAProxy does not fail open.
/// - Percentiles of latency are not known, and without `/proc` neither is the CPU time.
///
/// HAProxy does not outlive this process on Linux, however that ends; its directory is then removed by the next front.
public final class HAProxyFront: FleetFront {
  /// A function that starts HAProxy: with the path of the executable, its arguments, and the descriptors of its standard input
  /// (the listening socket) and standard error (its messages).
  public typealias Launcher = (
    _ executable: String, _ arguments: [String], _ input: Descriptor, _ error: Descriptor
  ) throws(SystemError) -> ChildProcess

  /// The nanoseconds that HAProxy has for the answer to a command before a pause and after it.
  private static let pausePatience: UInt64 = 500_000_000

  /// The version of HAProxy.
  public let version: HAProxyVersion
  private let configuration: HAProxyConfiguration
  private let process: HAProxyProcess
  private var targets = HAProxyTargets()

  /// Starts HAProxy without targets, and waits until it is ready.
  ///
  /// - Parameters:
  ///   - configuration: The settings.
  ///   - port: The port on the loopback interface that clients use; 0 lets the system choose.
  ///   - program: The path of HAProxy, or its name in the directories of `PATH` and those of system programs.
  ///   - isInterrupted: Returns whether someone asked for the end of every wait, which then throws `interrupted`.
  ///   - launch: Starts it; by default in a process group of its own.
  /// - Throws: `HAProxyError`.
  public init(
    _ configuration: HAProxyConfiguration = HAProxyConfiguration(), port: Int = 0,
    program: String = "haproxy", unless isInterrupted: @escaping () -> Bool = { false },
    launch: Launcher = HAProxyFront.launch
  ) throws(HAProxyError) {
    guard let path = Self.path(of: program) else { throw .notInstalled(program) }
    version = try HAProxyVersion.supported(at: path, unless: isInterrupted)
    self.configuration = configuration
    process = try HAProxyProcess(
      path, configuration, port: port, unless: isInterrupted, launch: launch)
  }

  /// Starts an executable in a process group of its own that does not outlive this process.
  public static func launch(
    _ executable: String, _ arguments: [String], _ input: Descriptor, _ error: Descriptor
  ) throws(SystemError) -> ChildProcess {
    try ChildProcess.spawn(executable, arguments, input: input, output: nil, error: error)
  }

  /// Returns the path of HAProxy; `nil` if it is not installed. Debian installs it in a directory of root's `PATH` only.
  public static func path(of program: String = "haproxy") -> String? {
    let path = ThisProcess.environment("PATH") ?? ""
    return File.executable(program, searchPath: "\(path):/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")
  }

  /// The port that clients use.
  public var port: Int { process.port }

  /// The child process, to see whether it has ended. Only this object reaps it.
  public var child: ChildProcess { process.child }

  /// The directory of HAProxy's files.
  var directory: String { process.path }

  /// Adds an instance, which gets requests from its first good check on.
  public func add(_ name: String, address: String, port: Int) throws(HAProxyError) {
    let server = try Self.server(name)
    guard isAddress(address) else { throw .invalidAddress(address) }
    try deleteLeaving()
    let command = "add server \(server) \(socketName(address, port)) \(configuration.checks)"
    let answer = try process.ask(command)
    guard answer == "New server registered." else { throw .refused(command: command, answer: answer) }
    targets.add(name, at: time)
    // A server that leaves maintenance is up; one that leaves draining is as before. So it gets nothing until it is checked.
    try tell("set server \(server) state drain")
    try tell("enable health \(server)")
    try tell("set server \(server) health down")
    try tell("set server \(server) state ready")
  }

  /// Stops giving requests to an instance.
  public func drain(_ name: String) throws(HAProxyError) {
    try tell("set server \(Self.server(name)) state drain")
    targets.drain(name)
  }

  /// Forgets an instance. The requests that it has in hand get 502.
  ///
  /// HAProxy deletes a server only after its last connection has ended, so each later call tries again.
  public func remove(_ name: String) throws(HAProxyError) {
    let server = try Self.server(name)
    try tell("set server \(server) state maint")
    try tell("shutdown sessions server \(server)")
    targets.leave(name)
    try deleteLeaving()
  }

  /// Returns the state of HAProxy and of the instances, and lets new ones in whose first check was good.
  public func status() throws(HAProxyError) -> FrontStatus {
    try deleteLeaving()
    var statistics = try statistics()
    let passed = targets.passedFirst(statistics)
    for name in passed { try tell("set server \(Self.server(name)) health up") }
    if !passed.isEmpty { statistics = try self.statistics() }
    var status = try targets.status(statistics, at: time)
    status.cpuTime = cpuTime
    return status
  }

  /// Returns that state, for each part of which HAProxy has so many nanoseconds.
  public func status(within limit: UInt64) throws(HAProxyError) -> FrontStatus {
    process.patience = limit
    defer { process.patience = HAProxySocket.limit }
    return try status()
  }

  /// Stops HAProxy and its checks until it is resumed. HAProxy would take the pause for time without an answer.
  public func pause() {
    tellEach("disable health")
    process.child.stopGroup()
  }

  /// Continues HAProxy and its checks after a pause.
  public func resume() {
    process.child.continueGroup()
    tellEach("enable health")
  }

  /// Ends HAProxy, unless it has ended.
  ///
  /// - Returns: The way it ended, and the resources that it used.
  @discardableResult public func end() -> ChildProcess.Ended? {
    process.end()
  }
}

extension HAProxyFront {
  /// Returns the words for a server in a command.
  private static func server(_ name: String) throws(HAProxyError) -> String {
    guard isName(name) else { throw .invalidName(name) }
    return "\(HAProxyConfiguration.backend)/\(name)"
  }

  /// Whether HAProxy permits a name; a space or a semicolon would end a command.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: ":")).contains(byte)
          || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || "-_.".utf8.contains(byte)
      }
  }

  /// The nanoseconds since HAProxy was started.
  private var time: UInt64 { Clock.monotonic.now() - process.child.startTime }

  /// The CPU time of HAProxy's only thread; `nil` without Linux's `/proc`.
  private var cpuTime: UInt64? {
    let fields = FileTree.machine.text("proc/\(process.child.identifier)/schedstat")?.split(separator: " ")
    return fields?.first.flatMap { UInt64($0) }
  }

  private func statistics() throws(HAProxyError) -> HAProxyStatistics {
    try HAProxyStatistics(
      process.ask("show stat"), frontend: HAProxyConfiguration.frontend, backend: HAProxyConfiguration.backend
    )
  }

  /// Sends a command whose answer is empty.
  private func tell(_ command: String) throws(HAProxyError) {
    let answer = try process.ask(command)
    if !answer.isEmpty { throw .refused(command: command, answer: answer) }
  }

  /// Sends a command for each server, unless HAProxy does not answer.
  private func tellEach(_ command: String) {
    process.patience = Self.pausePatience
    defer { process.patience = HAProxySocket.limit }
    for target in targets.all {
      do throws(HAProxyError) {
        try tell("\(command) \(Self.server(target.name))")
      } catch {
        if case .noAnswer = error { return }
      }
    }
  }

  /// Deletes the servers that are leaving and have no connection any more.
  private func deleteLeaving() throws(HAProxyError) {
    if targets.leaving.isEmpty { return }
    let statistics = try statistics()
    for name in targets.leaving {
      let command = try "del server \(Self.server(name))"
      let answer = try process.ask(command)
      if answer == "Server deleted." {
        targets.forget(name, statistics)
      } else if !answer.hasPrefix("Server still has connections") {
        throw .refused(command: command, answer: answer)
      }
    }
  }
}

import Platform

/// An HAProxy that runs in the foreground as a child of this process, and its directory.
///
/// The directory is `scaleup-haproxy.…` in `TMPDIR` or `/tmp`. It has the configuration, the runtime socket and the messages.
final class HAProxyProcess {
  /// The child. Only this object reaps it.
  let child: ChildProcess
  /// The runtime socket.
  let socket: HAProxySocket
  /// The port of its clients.
  let port: Int
  private let directory: TemporaryDirectory
  /// The nanoseconds that it has for an answer.
  var patience = HAProxySocket.limit
  private(set) var ended: ChildProcess.Ended?

  private static let prefix = "scaleup-haproxy"
  /// The time within which it has to be ready, in seconds.
  private static let readyLimit: UInt64 = 10
  /// The time from `SIGTERM` to `SIGKILL`, in nanoseconds.
  private static let endLimit: UInt64 = 500_000_000
  /// The time from the end of its sockets to that of the process, in nanoseconds.
  private static let exitTime: UInt64 = 200_000_000

  /// Starts it, and waits until it accepts connections and commands.
  ///
  /// - Parameters:
  ///   - port: The port of its clients; 0 lets the system choose.
  ///   - isInterrupted: Returns whether someone asked for the end of every wait.
  init(
    _ path: String, _ configuration: HAProxyConfiguration, port: Int,
    unless isInterrupted: @escaping () -> Bool, launch: HAProxyFront.Launcher
  ) throws(HAProxyError) {
    do throws(SystemError) {
      // HAProxy has the socket alone when this returns: without it, clients are refused and do not wait.
      let listener = try Listener(address: "127.0.0.1", port: port)
      TemporaryDirectory.removeAbandoned(prefix: Self.prefix)
      directory = try TemporaryDirectory(prefix: Self.prefix)
      socket = HAProxySocket(path: "\(directory.path)/socket", isInterrupted: isInterrupted)
      let file = "\(directory.path)/haproxy.cfg"
      try directory.create("haproxy.cfg").write(Array(configuration.text(socket: socket.path).utf8))
      let messages = try directory.create("messages")
      child = try launch(path, ["-db", "-f", file], listener.descriptor, messages)
      self.port = listener.port
    } catch {
      throw .system(error)
    }
    try waitUntilReady()
  }

  /// The directory.
  var path: String { directory.path }

  deinit {
    end()
  }

  /// Sends a command and returns the answer.
  func ask(_ command: String) throws(HAProxyError) -> String {
    do throws(HAProxySocket.Failure) {
      return try socket.ask(command, within: patience)
    } catch {
      if case .interrupted = error { throw .interrupted }
      if case .late = error { throw .noAnswer(command: command) }
      try checkRuns(after: Self.exitTime)
      guard case .system(let error) = error else { throw .noAnswer(command: command) }
      throw .unreachable(error)
    }
  }

  /// Ends it unless it has ended, and returns the way it ended.
  @discardableResult func end() -> ChildProcess.Ended? {
    if ended == nil {
      child.terminate()
      let limit = Clock.monotonic.now() + Self.endLimit
      while (try? child.hasEnded()) == false, Clock.monotonic.now() < limit {
        Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
      }
      child.killGroup()
      ended = try? child.reap()
    }
    return ended
  }

  /// Throws if it has ended.
  ///
  /// - Parameter nanoseconds: The time that it has for that: a process that ends closes its sockets first.
  private func checkRuns(after nanoseconds: UInt64 = 0) throws(HAProxyError) {
    let limit = Clock.monotonic.now() + nanoseconds
    do throws(SystemError) {
      while ended == nil, try !child.hasEnded(), Clock.monotonic.now() < limit {
        Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
      }
      if ended == nil, try child.hasEnded() { ended = try child.reap() }
    } catch {
      throw .system(error)
    }
    if let ended { throw .ended(ended.status) }
  }

  private func waitUntilReady() throws(HAProxyError) {
    let limit = Clock.monotonic.now() + Self.readyLimit * 1_000_000_000
    while true {
      do throws(HAProxySocket.Failure) {
        _ = try socket.ask("show version")
        return
      } catch {
        if case .interrupted = error {
          end()
          throw .interrupted
        }
        do throws(HAProxyError) { try checkRuns() } catch {
          if case .ended(let status) = error { throw .notStarted(status: status, messages: messages) }
          throw error
        }
        if Clock.monotonic.now() >= limit {
          end()
          throw .notReady(seconds: Self.readyLimit)
        }
        Clock.sleep(until: Clock.monotonic.now() + 2_000_000)
      }
    }
  }

  /// The alerts that it has written, on one line.
  private var messages: String {
    let text = (try? File.read("\(directory.path)/messages", limit: 1 << 20)) ?? ""
    let lines = text.split(separator: "\n")
    let alerts = lines.filter { $0.hasPrefix("[ALERT]") }
    return (alerts.isEmpty ? lines : alerts).prefix(3).joined(separator: "; ")
  }
}

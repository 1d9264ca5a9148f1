import CPlatform

/// A child of this process that has not been reaped yet.
public struct ChildProcess: Equatable, Sendable {
  /// Its process identifier.
  public let identifier: pid_t

  /// A child that was reaped.
  public struct Ended: Equatable, Sendable {
    /// How it ended.
    public let status: ExitStatus
    /// What it and its own reaped children used.
    public let usage: ResourceUsage
  }

  /// Splits this process in two with `fork(2)`.
  ///
  /// To be called while this process has one thread: the child has only the calling one, and whatever lock
  /// another thread held stays locked in it for ever.
  ///
  /// - Returns: The child, in the parent; `nil`, in the child.
  /// - Throws: `SystemError`, in the parent, when there can be no more processes.
  public static func fork() throws(SystemError) -> ChildProcess? {
    let identifier = try system("fork a worker") { scaleup_fork() }
    return identifier == 0 ? nil : ChildProcess(identifier: identifier)
  }

  /// Ends the calling process at once, without running anything that the process registered for its exit.
  public static func exitImmediately(_ status: Int32) -> Never {
    _exit(status)
  }

  /// Reaps the child.
  ///
  /// - Parameter waiting: Whether to wait until it ends.
  /// - Returns: How it ended; `nil` where it still runs and the call does not wait.
  /// - Throws: `SystemError`.
  public func reap(waiting: Bool = true) throws(SystemError) -> Ended? {
    var status: Int32 = 0
    var usage = rusage()
    let reaped = try system("wait for process", "\(identifier)") {
      wait4(identifier, &status, waiting ? 0 : WNOHANG, &usage)
    }
    guard reaped == identifier else { return nil }
    return Ended(status: ExitStatus(waitStatus: status), usage: ResourceUsage(usage))
  }

  /// Asks the child to end.
  public func terminate() {
    CPlatform.kill(identifier, SIGTERM)
  }

  /// Kills the child alone.
  public func kill() {
    CPlatform.kill(identifier, SIGKILL)
  }

  /// Kills every process of the group that the child leads.
  public func killGroup() {
    CPlatform.kill(-identifier, SIGKILL)
  }
}

import CPlatform

/// A child of this process that has not been reaped.
public struct ChildProcess: Equatable, Sendable {
  /// Its process identifier.
  public let identifier: pid_t
  /// The monotonic time just before it was created, in nanoseconds.
  public let startTime: UInt64

  /// A child that was reaped.
  public struct Ended: Equatable, Sendable {
    /// The exit status or the signal that ended it.
    public let status: ExitStatus
    /// The resources used by the child and by its own reaped descendants.
    public let usage: ResourceUsage
  }

  /// Splits this process in two with `fork(2)`.
  ///
  /// Call it while this process has only one thread: the child has only the calling thread, and a lock held
  /// by another thread stays locked in the child forever. If this process ends first, however that happens, so does the
  /// child: on Linux at once, elsewhere within a second.
  ///
  /// - Returns: The child, in the parent; `nil`, in the child.
  /// - Throws: `SystemError`, in the parent, if no more processes can be created.
  public static func fork() throws(SystemError) -> ChildProcess? {
    let startTime = Clock.monotonic.now()
    let identifier = try system("fork a worker") { scaleup_fork() }
    return identifier == 0 ? nil : ChildProcess(identifier: identifier, startTime: startTime)
  }

  /// Exits the calling process immediately, without running its exit handlers.
  public static func exitImmediately(_ status: Int32) -> Never {
    _exit(status)
  }

  /// Whether the child has ended. It is not reaped by that, so that no other process or group can get its
  /// identifier.
  ///
  /// - Throws: `SystemError`.
  public func hasEnded() throws(SystemError) -> Bool {
    try system("wait for process", "\(identifier)") { scaleup_has_ended(identifier) } == 1
  }

  /// Waits until the child has ended, and reaps it. The identifier is then no longer its own: send it no signal.
  ///
  /// - Returns: The child's exit status and usage.
  /// - Throws: `SystemError`.
  public func reap() throws(SystemError) -> Ended {
    var status: Int32 = 0
    var usage = rusage()
    try system("wait for process", "\(identifier)") { scaleup_reap(identifier, &status, &usage) }
    return Ended(status: ExitStatus(waitStatus: status), usage: ResourceUsage(usage))
  }

  /// The monotonic time at which the signal that it had ended came, in nanoseconds; `nil` if no `SignalPipe` for
  /// `SignalPipe.childEnded` noted it.
  public var endTime: UInt64? {
    let time = scaleup_end_time(identifier)
    return time > startTime ? time : nil
  }

  /// Asks the child to exit.
  public func terminate() {
    CPlatform.kill(identifier, SIGTERM)
  }

  /// Kills the child only.
  public func kill() {
    CPlatform.kill(identifier, SIGKILL)
  }

  /// Kills every process of the group that the child leads.
  public func killGroup() {
    CPlatform.kill(-identifier, SIGKILL)
  }

  /// Kills one process of the group that the child leads, and returns whether it is one.
  public func killMember(_ process: pid_t) -> Bool {
    getpgid(process) == identifier && CPlatform.kill(process, SIGKILL) == 0
  }

  /// Stops every process of the group that the child leads.
  public func stopGroup() {
    CPlatform.kill(-identifier, SIGSTOP)
  }

  /// Continues every process of the group that the child leads.
  public func continueGroup() {
    CPlatform.kill(-identifier, SIGCONT)
  }
}

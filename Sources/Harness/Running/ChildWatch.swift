import Platform
import Records

/// One running executable: its output, its end and its time limit. `ChildWatches` wakes it.
struct ChildWatch {
  private static let tick: UInt64 = 50_000_000
  /// The time that a process which left the group may keep the output open after the executable has ended, in nanoseconds.
  private static let grace: UInt64 = 500_000_000
  /// The time that a launcher may take to end the processes it has started elsewhere, in nanoseconds.
  private static let launcherGrace: UInt64 = 3_000_000_000
  private static let errorLimit = 4096

  private let child: ChildProcess
  private let start: UInt64
  private var timeout: UInt64
  private var deadline: UInt64
  private var output: CapturedStream
  private var error: CapturedStream
  private var ended: (how: ChildProcess.Ended, wall: UInt64)?
  private let recorder: ActivityRecorder?
  private var activity: Activity?
  private var failure: ChildRunner.Failure?
  private let isLauncher: Bool

  /// Starts an executable.
  ///
  /// - Parameters:
  ///   - timeout: Its time limit in nanoseconds.
  ///   - recorder: The recorder of the machine's activity meanwhile.
  /// - Throws: `SystemError`.
  init(_ launch: Launch, timeout: UInt64, recorder: ActivityRecorder?) throws(SystemError) {
    let (output, error) = (try Pipe(), try Pipe())
    self.recorder = recorder
    isLauncher = launch.isLauncher
    recorder?.begin(at: Clock.monotonic.now())
    start = Clock.monotonic.now()
    child = try ChildProcess.spawn(
      launch.path, launch.arguments, withholding: launch.withheld, on: launch.cpus, output: output.writer,
      error: error.writer)
    recorder?.follow(child)
    self.timeout = timeout
    deadline = Self.moment(timeout, after: start)
    self.output = CapturedStream(output.reader, limit: launch.outputLimit, keepsEnd: false)
    self.error = CapturedStream(error.reader, limit: Self.errorLimit, keepsEnd: true)
  }

  /// Whether the executable runs or its output is open.
  var isOpen: Bool { ended == nil || output.isOpen || error.isOpen }

  /// Whether the executable has ended.
  var hasEnded: Bool { ended != nil }

  /// Whether the executable was stopped because of a failure.
  var hasFailed: Bool { failure != nil }

  /// The first line of its standard output; `nil` before it is complete.
  var firstLine: Substring? { output.firstLine }

  /// The end of its standard error so far.
  var errorText: String { error.text }

  /// The descriptors to wait for.
  var streams: [Descriptor] { [output, error].filter(\.isOpen).map(\.reader) }

  /// Returns the execution, or the reason it failed. Valid once `isOpen` is false.
  ///
  /// - Parameter wasPaused: Whether this process was stopped meanwhile and continued.
  func outcome(wasPaused: Bool) -> Result<ChildRunner.Execution, ChildRunner.Failure> {
    if let failure { return .failure(failure) }
    guard let ended else { return .failure(.timeout(timeout)) }
    return .success(
      .init(
        ended: ended.how, wall: ended.wall, output: output.text, error: error.text, activity: activity,
        wasPaused: wasPaused))
  }

  /// Returns the time by which it must be woken without an event.
  func wakeUp(after now: UInt64) -> UInt64 {
    max(now, min(deadline, now + Self.tick, ended == nil ? recorder?.due ?? .max : .max))
  }

  /// Handles the end of the time limit, if it is over: kills the executable, or stops reading its output if it has ended.
  ///
  /// - Returns: Whether it is over.
  /// - Throws: `SystemError`.
  mutating func expire(at now: UInt64) throws(SystemError) -> Bool {
    // If the harness itself was delayed, the executable may have ended in time.
    if now >= deadline { try reapIfEnded() }
    if now < deadline { return false }
    deadline = .max
    if ended == nil {
      stop(because: .timeout(timeout, error: error.text))
    } else {
      output.close()
      error.close()
    }
    return true
  }

  /// Sets another time limit, in nanoseconds from now.
  mutating func limit(to timeout: UInt64) {
    if ended != nil || failure != nil { return }
    self.timeout = timeout
    deadline = Self.moment(timeout, after: Clock.monotonic.now())
  }

  /// Moves the time limit by a pause, which is not the executable's time.
  mutating func postpone(by pause: UInt64) {
    deadline = Self.moment(pause, after: deadline)
  }

  /// Receives the output that is ready, and takes the readings that are due.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(_ isReady: (Descriptor) -> Bool) throws(SystemError) {
    if output.isOpen, isReady(output.reader) { try output.receive() }
    if error.isOpen, isReady(error.reader) { try error.receive() }
    if output.isOverLimit, failure == nil { stop(because: .tooMuchOutput(output.limit)) }
    if ended == nil { recorder?.wake(at: Clock.monotonic.now()) }
  }

  /// Asks the executable to end.
  func terminate() {
    if ended == nil { child.terminate() }
  }

  /// Kills a process of the executable's group, and returns whether it is one.
  func killMember(_ process: Int32) -> Bool {
    ended == nil && child.killMember(process)
  }

  /// Stops the executable's group.
  func pause() {
    if ended == nil { child.stopGroup() }
  }

  /// Continues the executable's group.
  func resume() {
    if ended == nil { child.continueGroup() }
  }

  /// Kills and reaps the executable, unless it has ended.
  func kill() {
    guard ended == nil else { return }
    child.killGroup()
    child.kill()
    _ = try? child.reap()
  }

  /// Reaps the executable if it has ended.
  ///
  /// - Throws: `SystemError`.
  mutating func reapIfEnded() throws(SystemError) {
    guard ended == nil, try child.hasEnded() else { return }
    let now = Clock.monotonic.now()
    activity = recorder?.end(at: now)
    // Processes that the executable left behind would keep the output open and cores busy. Once it is reaped, its group's
    // number may be that of another group.
    child.killGroup()
    ended = (try child.reap(), now - start)
    deadline = now + Self.grace
  }

  /// Kills the executable, or asks a launcher to end. Its end is then noticed like any other.
  mutating func stop(because reason: ChildRunner.Failure) {
    let isFirst = failure == nil
    failure = failure ?? reason
    guard ended == nil else { return }
    if isFirst, isLauncher {
      child.terminate()
      deadline = Clock.monotonic.now() + Self.launcherGrace
      return
    }
    child.killGroup()
    // It may have left its group.
    child.kill()
  }

  private static func moment(_ time: UInt64, after start: UInt64) -> UInt64 {
    let (moment, overflow) = start.addingReportingOverflow(time)
    return overflow ? .max : moment
  }
}

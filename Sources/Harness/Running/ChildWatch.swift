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

  /// The process, whose identifier belongs to it until it has ended.
  let child: ChildProcess
  private var timeout: UInt64
  private var deadline: UInt64
  /// Its standard output; `nil` if that is discarded.
  private var output: CapturedStream?
  private var error: CapturedStream
  private var ended: (how: ChildProcess.Ended, time: UInt64)?
  private var failure: ChildRunner.Failure?
  private let isLauncher: Bool
  private let keepsGroup: Bool

  /// Starts an executable.
  ///
  /// - Parameter timeout: Its time limit in nanoseconds.
  /// - Throws: `SystemError`.
  init(_ launch: Launch, timeout: UInt64) throws(SystemError) {
    let (output, error) = (launch.output == .discarded ? nil : try Pipe(), try Pipe())
    (isLauncher, keepsGroup) = (launch.isLauncher, launch.keepsGroup)
    child = try ChildProcess(launch, output: output?.writer, error: error.writer)
    self.timeout = timeout
    deadline = Self.moment(timeout, after: child.startTime)
    self.output = output.map { pipe in
      if case .captured(let limit) = launch.output {
        CapturedStream(pipe.reader, limit: limit, keepsEnd: false)
      } else {
        CapturedStream(hashing: pipe.reader)
      }
    }
    self.error = CapturedStream(error.reader, limit: Self.errorLimit, keepsEnd: true)
  }

  /// Whether the executable runs or its output is open.
  var isOpen: Bool { ended == nil || output?.isOpen == true || error.isOpen }

  /// Whether the executable has ended.
  var hasEnded: Bool { ended != nil }

  /// Whether the executable was stopped because of a failure.
  var hasFailed: Bool { failure != nil }

  /// The time at which the executable ended; `nil` while it runs.
  var endTime: UInt64? { ended?.time }

  /// The first line of its standard output; `nil` before it is complete.
  var firstLine: Substring? { output?.firstLine }

  /// The end of its standard error so far.
  var errorText: String { error.text }

  /// The descriptors to wait for.
  var streams: [Descriptor] { [output, error].compactMap(\.self).filter(\.isOpen).map(\.reader) }

  /// Returns the execution, or the reason it failed. Valid once `isOpen` is false.
  ///
  /// - Parameters:
  ///   - activity: The activity of the machine meanwhile; `nil` if it was not recorded.
  ///   - wasPaused: Whether this process was stopped meanwhile and continued.
  func outcome(_ activity: Activity?, wasPaused: Bool) -> Result<ChildRunner.Execution, ChildRunner.Failure> {
    if let failure { return .failure(failure) }
    guard let ended else { return .failure(.timeout(timeout)) }
    return .success(
      .init(
        ended: ended.how, start: child.startTime, wall: ended.time - child.startTime,
        output: output?.text ?? "",
        outputHash: output?.hash?.value, error: error.text, activity: activity, wasPaused: wasPaused))
  }

  /// Returns the time by which it must be woken without an event.
  func wakeUp(after now: UInt64) -> UInt64 {
    max(now, min(deadline, now + Self.tick))
  }

  /// Returns whether the time limit is over.
  func isOverdue(at now: UInt64) -> Bool { now >= deadline }

  /// Handles the end of the time limit, if it is over: kills the executable, or stops reading its output if it has ended.
  ///
  /// - Returns: Whether it is over.
  mutating func expire(at now: UInt64) -> Bool {
    if !isOverdue(at: now) { return false }
    deadline = .max
    if ended == nil {
      stop(because: .timeout(timeout, error: error.text))
    } else {
      output?.close()
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

  /// Receives the output that is ready.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(_ isReady: (Descriptor) -> Bool) throws(SystemError) {
    if let stream = output, stream.isOpen, isReady(stream.reader) { try output?.receive() }
    if error.isOpen, isReady(error.reader) { try error.receive() }
    if let output, output.isOverLimit, failure == nil { stop(because: .tooMuchOutput(output.limit)) }
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

  /// Reaps the executable if it has ended, and kills what is left of its group, unless that may outlive it.
  ///
  /// - Throws: `SystemError`.
  mutating func reapIfEnded() throws(SystemError) {
    guard ended == nil, try child.hasEnded() else { return }
    let now = Clock.monotonic.now()
    let time = child.endTime.map { min($0, now) } ?? now
    // Processes that the executable left behind would keep the output open and cores busy. Once it is reaped, its group's
    // number may be that of another group.
    if !keepsGroup { child.killGroup() }
    ended = (try child.reap(), time)
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

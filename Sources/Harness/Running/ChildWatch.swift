import Platform
import Records

/// One running executable. A single `poll` waits for its output, its end, a signal, the time limit and the next tick,
/// whichever comes first.
struct ChildWatch {
  private static let tick: UInt64 = 50_000_000
  /// The time that a process which left the group may keep the output open after the executable has ended, in nanoseconds.
  private static let grace: UInt64 = 500_000_000
  /// The time that a launcher may take to end the processes it has started elsewhere, in nanoseconds.
  private static let launcherGrace: UInt64 = 3_000_000_000
  private static let errorLimit = 4096

  private let child: ChildProcess
  private let start: UInt64
  private let timeout: UInt64
  private var deadline: UInt64
  private var output: CapturedStream
  private var error: CapturedStream
  private var ended: (how: ChildProcess.Ended, wall: UInt64)?
  private var pauses = PauseDetector()
  private let recorder: ActivityRecorder?
  private var activity: Activity?
  private var failure: ChildRunner.Failure?
  private let isLauncher: Bool

  /// Starts an executable.
  ///
  /// - Parameters:
  ///   - withheld: The environment variables that it does not inherit.
  ///   - isLauncher: Whether it starts processes that only it can end.
  ///   - recorder: The recorder of the machine's activity meanwhile.
  /// - Throws: `SystemError`.
  init(
    _ executable: String, _ arguments: [String], withholding withheld: VariableNames, timeout: UInt64,
    outputLimit: Int, isLauncher: Bool, recorder: ActivityRecorder?
  ) throws(SystemError) {
    let (output, error) = (try Pipe(), try Pipe())
    self.recorder = recorder
    self.isLauncher = isLauncher
    recorder?.begin(at: Clock.monotonic.now())
    start = Clock.monotonic.now()
    child = try ChildProcess.spawn(
      executable, arguments, withholding: withheld, output: output.writer, error: error.writer)
    recorder?.follow(child)
    self.timeout = timeout
    deadline = Self.moment(timeout, after: start)
    self.output = CapturedStream(output.reader, limit: outputLimit, keepsEnd: false)
    self.error = CapturedStream(error.reader, limit: Self.errorLimit, keepsEnd: true)
  }

  /// Whether the executable runs or its output is open.
  var isOpen: Bool { ended == nil || output.isOpen || error.isOpen }

  /// The execution, or the reason it failed. Valid once `isOpen` is false.
  var outcome: Result<ChildRunner.Execution, ChildRunner.Failure> {
    if let failure { return .failure(failure) }
    guard let ended else { return .failure(.timeout(timeout)) }
    return .success(
      .init(
        ended: ended.how, wall: ended.wall, output: output.text, error: error.text, activity: activity,
        wasPaused: pauses.hasPaused))
  }

  /// Waits for the next event, at most a tick, and handles it.
  ///
  /// - Throws: `SystemError`.
  mutating func waitForEvent(_ signals: SignalPipe) throws(SystemError) {
    let now = Clock.monotonic.now()
    // If the harness itself was delayed, the executable may have ended in time.
    if now >= deadline { try reapIfEnded() }
    if now >= deadline { return giveUp() }
    let streams = [output, error].filter(\.isOpen).map(\.reader)
    let wakeUp = max(now, min(deadline, now + Self.tick, ended == nil ? recorder?.due ?? .max : .max))
    let ready = try poll([signals.descriptor] + streams, for: wakeUp - now)
    if !ready.isEmpty {
      handle(signals.take())
      try reapIfEnded()
    }
    // A pause is not the executable's time.
    deadline = Self.moment(pauses.pause(since: wakeUp), after: deadline)
    for position in ready where position > 0 {
      if streams[position - 1] === output.reader {
        try output.receive()
      } else {
        try error.receive()
      }
    }
    if output.isOverLimit, failure == nil { stop(because: .tooMuchOutput(output.limit)) }
    if ended == nil { recorder?.wake(at: Clock.monotonic.now()) }
  }

  private mutating func handle(_ signals: [Int32]) {
    for (position, signal) in signals.enumerated() {
      switch signal {
      case SignalPipe.stopRequest:
        // A request to continue cancels one to stop.
        if !signals[position...].contains(SignalPipe.continued) { pauseWithHarness() }
      case SignalPipe.continued:
        pauses.noteContinuation()
        if ended == nil { child.continueGroup() }
      case let signal where SignalPipe.endRequests.contains(signal):
        stop(because: .interrupted(Interruption(signal: signal)))
      default: break
      }
    }
  }

  /// Stops the executable and this process, and continues the executable when this process is continued.
  private mutating func pauseWithHarness() {
    if ended == nil { child.stopGroup() }
    SignalPipe.stopThisProcess()
    if ended == nil { child.continueGroup() }
    pauses.noteContinuation()
  }

  /// Kills and reaps the executable, unless it has ended.
  func kill() {
    guard ended == nil else { return }
    child.killGroup()
    child.kill()
    _ = try? child.reap()
  }

  private mutating func reapIfEnded() throws(SystemError) {
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
  private mutating func stop(because reason: ChildRunner.Failure) {
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

  /// Handles the end of the time limit: kills the executable, or stops reading its output if it has ended.
  private mutating func giveUp() {
    if ended == nil {
      deadline = .max
      stop(because: .timeout(timeout, error: error.text))
    } else {
      output.close()
      error.close()
    }
  }

  private static func moment(_ time: UInt64, after start: UInt64) -> UInt64 {
    let (moment, overflow) = start.addingReportingOverflow(time)
    return overflow ? .max : moment
  }
}

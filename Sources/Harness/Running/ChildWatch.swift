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
    let (deadline, overflow) = start.addingReportingOverflow(timeout)
    self.deadline = overflow ? .max : deadline
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
        ended: ended.how, wall: ended.wall, output: output.text, error: error.text, activity: activity))
  }

  /// Waits for the next event, at most a tick, and handles it.
  ///
  /// - Throws: `SystemError`.
  mutating func waitForEvent(_ signals: SignalPipe) throws(SystemError) {
    let now = Clock.monotonic.now()
    // If the harness itself was stopped, the executable may have ended in time.
    if now >= deadline { try reapIfEnded() }
    if now >= deadline { return giveUp() }
    let streams = [output, error].filter(\.isOpen).map(\.reader)
    let wakeUp = min(deadline, now + Self.tick, ended == nil ? recorder?.due ?? .max : .max)
    let ready = try poll([signals.descriptor] + streams, for: wakeUp > now ? wakeUp - now : 0)
    if !ready.isEmpty {
      for signal in signals.take() where signal != SignalPipe.childEnded {
        stop(because: .interrupted(Interruption(signal: signal)))
      }
      try reapIfEnded()
    }
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

  /// Kills and reaps the executable, unless it has ended.
  func kill() {
    guard ended == nil else { return }
    child.killGroup()
    child.kill()
    _ = try? child.reap()
  }

  private mutating func reapIfEnded() throws(SystemError) {
    guard ended == nil, let how = try child.reap(waiting: false) else { return }
    let now = Clock.monotonic.now()
    ended = (how, now - start)
    activity = recorder?.end(at: now)
    // Processes that the executable left behind would keep the output open and cores busy.
    child.killGroup()
    deadline = now + Self.grace
  }

  /// Kills the executable, or asks a launcher to end. Its end is then noticed like any other.
  private mutating func stop(because reason: ChildRunner.Failure) {
    if failure == nil, isLauncher, ended == nil {
      failure = reason
      child.terminate()
      deadline = Clock.monotonic.now() + Self.launcherGrace
      return
    }
    failure = failure ?? reason
    child.killGroup()
    // It may have left its group. Its process identifier stays its own until it is reaped.
    if ended == nil { child.kill() }
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
}

/// An output stream of a child, captured up to a limit.
struct CapturedStream {
  /// The read end of its pipe.
  let reader: Descriptor
  /// The most bytes to keep.
  let limit: Int
  /// Whether the child has printed more than the limit.
  private(set) var isOverLimit = false
  /// Whether more output may come.
  private(set) var isOpen = true

  private let keepsEnd: Bool
  private var bytes: [UInt8] = []

  /// Makes a capture of a stream.
  ///
  /// - Parameter keepsEnd: Whether to keep the end of a text that is too long. Otherwise it is over the limit.
  init(_ reader: Descriptor, limit: Int, keepsEnd: Bool) {
    self.reader = reader
    self.limit = limit
    self.keepsEnd = keepsEnd
  }

  /// The captured text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads the bytes that have arrived, or the end of the stream. One of the two must be there.
  mutating func receive() throws(SystemError) {
    let chunk = try reader.read(atMost: 1 << 16)
    if chunk.isEmpty { isOpen = false }
    bytes += chunk
    guard bytes.count > limit else { return }
    if keepsEnd {
      bytes.removeFirst(bytes.count - limit)
    } else {
      bytes.removeAll()
      isOverLimit = true
    }
  }

  /// Stops reading.
  mutating func close() {
    isOpen = false
  }
}

import Platform
import Records

/// The watch over one running executable: one `poll` waits for its output, its end, a signal, the time limit
/// and the next tick, whichever comes first.
struct ChildWatch {
  private static let tick: UInt64 = 50_000_000
  /// How long a process that left the group may keep the output open after the executable has ended.
  private static let grace: UInt64 = 500_000_000
  /// How long a launcher may take to end what it has started elsewhere.
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
  /// - Parameter isLauncher: Whether it starts processes that only it can end.
  /// - Parameter recorder: Records what the machine does meanwhile.
  /// - Throws: `SystemError`.
  init(
    _ executable: String, _ arguments: [String], timeout: UInt64, outputLimit: Int, isLauncher: Bool = false,
    recorder: ActivityRecorder? = nil
  ) throws(SystemError) {
    let (output, error) = (try Pipe(), try Pipe())
    self.recorder = recorder
    self.isLauncher = isLauncher
    recorder?.begin(at: Clock.monotonic.now())
    start = Clock.monotonic.now()
    child = try ChildProcess.spawn(executable, arguments, output: output.writer, error: error.writer)
    recorder?.follow(child)
    self.timeout = timeout
    let (deadline, overflow) = start.addingReportingOverflow(timeout)
    self.deadline = overflow ? .max : deadline
    self.output = CapturedStream(output.reader, limit: outputLimit, keepsEnd: false)
    self.error = CapturedStream(error.reader, limit: Self.errorLimit, keepsEnd: true)
  }

  /// Whether there is still something to wait for.
  var isOpen: Bool { ended == nil || output.isOpen || error.isOpen }

  /// What came of it, when nothing is open any more.
  var outcome: Result<ChildRunner.Execution, ChildRunner.Failure> {
    if let failure { return .failure(failure) }
    guard let ended else { return .failure(.timeout(timeout)) }
    return .success(
      .init(
        ended: ended.how, wall: ended.wall, output: output.text, error: error.text, activity: activity))
  }

  /// Waits for the next thing to happen, at most a tick, and deals with it.
  ///
  /// - Throws: `SystemError`.
  mutating func waitForSomething(_ signals: SignalPipe) throws(SystemError) {
    let now = Clock.monotonic.now()
    // The harness itself may have been stopped: the executable may have ended in time.
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

  /// Ends and reaps the executable, where the watch itself failed before that.
  func clearAway() {
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
    // What the executable may have left behind keeps the output open, and cores busy.
    child.killGroup()
    deadline = now + Self.grace
  }

  /// Kills the executable; its end is then noticed as any other.
  private mutating func stop(because reason: ChildRunner.Failure) {
    if failure == nil, isLauncher, ended == nil {
      failure = reason
      child.terminate()
      deadline = Clock.monotonic.now() + Self.launcherGrace
      return
    }
    failure = failure ?? reason
    child.killGroup()
    // It may have left its group; one that is not reaped still owns its number.
    if ended == nil { child.kill() }
  }

  /// What happens when the time is over: the executable is killed, or, where it has ended, its output is
  /// not waited for any longer.
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

/// A stream of a child's as far as it is kept.
struct CapturedStream {
  /// Where it is read from.
  let reader: Descriptor
  /// How many bytes are kept.
  let limit: Int
  /// Whether more was printed than is allowed.
  private(set) var isOverLimit = false
  /// Whether more may come.
  private(set) var isOpen = true

  private let keepsEnd: Bool
  private var bytes: [UInt8] = []

  /// Captures a stream.
  ///
  /// - Parameter keepsEnd: Whether of a text that is too long the end is kept; otherwise it is over its limit.
  init(_ reader: Descriptor, limit: Int, keepsEnd: Bool) {
    self.reader = reader
    self.limit = limit
    self.keepsEnd = keepsEnd
  }

  /// The text that is kept.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads what has come, which must be something or the end.
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

  /// Waits for no more.
  mutating func close() {
    isOpen = false
  }
}

import Platform

/// The executables of one trial. A single `poll` waits for their output, their ends, a signal, their time limits and the next
/// tick, whichever comes first.
struct ChildWatches {
  private static let tick: UInt64 = 100_000_000

  private let signals: SignalPipe
  private let onTick: (() -> Void)?
  private var nextTick = Clock.monotonic.now() + Self.tick
  private var watches: [ChildWatch] = []
  private var pauses = PauseDetector()

  /// Makes an empty set.
  ///
  /// - Parameters:
  ///   - signals: The pipe of the signals that concern the executables.
  ///   - onTick: Called about 10 times per second.
  init(_ signals: SignalPipe, onTick: (() -> Void)?) {
    (self.signals, self.onTick) = (signals, onTick)
  }

  /// The executables in the order of their starts.
  subscript(position: Int) -> ChildWatch {
    get { watches[position] }
    set { watches[position] = newValue }
  }

  /// Starts an executable, and returns its position.
  ///
  /// - Parameters:
  ///   - timeout: Its time limit in nanoseconds.
  ///   - recorder: The recorder of the machine's activity while it runs.
  /// - Throws: `SystemError`.
  mutating func start(
    _ launch: Launch, timeout: UInt64, recorder: ActivityRecorder? = nil
  ) throws(SystemError) -> Int {
    watches.append(try ChildWatch(launch, timeout: timeout, recorder: recorder))
    return watches.count - 1
  }

  /// Returns the execution at a position, or the reason it failed. Valid once the executable is no longer open.
  func outcome(of position: Int) -> Result<ChildRunner.Execution, ChildRunner.Failure> {
    watches[position].outcome(wasPaused: pauses.hasPaused)
  }

  /// Handles events while a condition holds.
  ///
  /// - Throws: `SystemError`.
  mutating func wait(while condition: (ChildWatches) -> Bool) throws(SystemError) {
    while condition(self) { try waitForEvent() }
  }

  /// Kills and reaps the executables that have not ended.
  func kill() {
    for watch in watches { watch.kill() }
  }

  /// Waits for the next event, at most a tick or until a moment, and handles it.
  ///
  /// - Throws: `SystemError`.
  mutating func waitForEvent(until moment: UInt64 = .max) throws(SystemError) {
    try handleEvent(until: moment)
    let now = Clock.monotonic.now()
    if now < nextTick { return }
    nextTick = now + Self.tick
    onTick?()
  }

  private mutating func handleEvent(until moment: UInt64) throws(SystemError) {
    let now = Clock.monotonic.now()
    for position in watches.indices {
      if try watches[position].expire(at: now) { return }
    }
    let streams = watches.flatMap(\.streams)
    let wakeUp = max(now, min(moment, watches.map { $0.wakeUp(after: now) }.min() ?? now))
    let ready = try poll([signals.descriptor] + streams, for: wakeUp - now)
    if !ready.isEmpty {
      handle(signals.take())
      for position in watches.indices { try watches[position].reapIfEnded() }
    }
    let pause = pauses.pause(since: wakeUp)
    let isReady = { (stream: Descriptor) in ready.contains { $0 > 0 && streams[$0 - 1] === stream } }
    for position in watches.indices {
      watches[position].postpone(by: pause)
      try watches[position].receive(isReady)
    }
  }

  private mutating func handle(_ signals: [Int32]) {
    for (position, signal) in signals.enumerated() {
      switch signal {
      case SignalPipe.stopRequest:
        // A request to continue cancels one to stop.
        if !signals[position...].contains(SignalPipe.continued) { pauseWithHarness() }
      case SignalPipe.continued:
        pauses.noteContinuation()
        for watch in watches { watch.resume() }
      case let signal where SignalPipe.endRequests.contains(signal):
        for position in watches.indices {
          watches[position].stop(because: .interrupted(Interruption(signal: signal)))
        }
      default: break
      }
    }
  }

  /// Stops the executables and this process, and continues the executables when this process is continued.
  private mutating func pauseWithHarness() {
    for watch in watches { watch.pause() }
    SignalPipe.stopThisProcess()
    for watch in watches { watch.resume() }
    pauses.noteContinuation()
  }
}

import Platform
import Records

/// The executables of one trial. A single `poll` waits for their output, their ends, a signal, their time limits and the next
/// tick, whichever comes first.
struct ChildWatches {
  private static let tick: UInt64 = 100_000_000

  private let signals: SignalPipe
  private let onTick: (() -> Void)?
  private var nextTick = Clock.monotonic.now() + Self.tick
  private var watches: [ChildWatch] = []
  private var pauses = PauseDetector()
  /// The recorder of the machine's activity from the start of the first of these executables to the end of the last.
  private var recording: (recorder: ActivityRecorder, positions: [Int], activity: Activity?)?
  /// The processes that the executables left behind; `nil` if only their groups are ended.
  private(set) var orphans: Orphans?

  /// Makes an empty set.
  ///
  /// - Parameters:
  ///   - signals: The pipe of the signals that concern the executables.
  ///   - orphans: The account of the processes that the executables leave behind, which are ended with the last of these;
  ///     `nil` ends only those of the executables' groups.
  ///   - onTick: Called about 10 times per second.
  init(_ signals: SignalPipe, orphans: Orphans? = nil, onTick: (() -> Void)?) {
    (self.signals, self.orphans, self.onTick) = (signals, orphans, onTick)
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
  ///   - recorder: The recorder of the machine's activity while it runs. Several executables may share it.
  /// - Throws: `SystemError`.
  mutating func start(
    _ launch: Launch, timeout: UInt64, recorder: ActivityRecorder? = nil
  ) throws(SystemError) -> Int {
    var launch = launch
    if orphans != nil { launch.keepsGroup = true }
    let position = watches.count
    let isFirst = recording == nil
    if let recorder, isFirst { recorder.begin(at: Clock.monotonic.now()) }
    watches.append(try ChildWatch(launch, timeout: timeout))
    if let recorder {
      if isFirst { recorder.follow(watches[position].child) }
      recording = (recorder, (recording?.positions ?? []) + [position], nil)
    }
    return position
  }

  /// Returns the execution at a position, or the reason it failed. Valid once the executable is no longer open.
  func outcome(of position: Int) -> Result<ChildRunner.Execution, ChildRunner.Failure> {
    let activity = recording.flatMap { $0.positions.contains(position) ? $0.activity : nil }
    return watches[position].outcome(activity, wasPaused: pauses.hasPaused)
  }

  /// Handles events while a condition holds.
  ///
  /// - Throws: `SystemError`.
  mutating func wait(while condition: (ChildWatches) -> Bool) throws(SystemError) {
    while condition(self) { try waitForEvent() }
  }

  /// Kills and reaps the executables that have not ended, and what they left behind.
  mutating func kill() {
    for watch in watches { watch.kill() }
    orphans?.end()
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
    // If the harness itself was delayed, an executable whose time is over may have ended in time.
    if watches.contains(where: { $0.isOverdue(at: now) }) { try reapEnded() }
    for position in watches.indices {
      if watches[position].expire(at: now) { return }
    }
    let streams = watches.flatMap(\.streams)
    let reading = recording.flatMap { $0.activity == nil ? $0.recorder.due : nil }
    let wakeUp = max(
      now, min(moment, watches.map { $0.wakeUp(after: now) }.min() ?? now, reading ?? .max))
    let ready = try poll([signals.descriptor] + streams, for: wakeUp - now)
    if !ready.isEmpty {
      handle(signals.take())
      try reapEnded()
    }
    let pause = pauses.pause(since: wakeUp)
    let isReady = { (stream: Descriptor) in ready.contains { $0 > 0 && streams[$0 - 1] === stream } }
    for position in watches.indices {
      watches[position].postpone(by: pause)
      try watches[position].receive(isReady)
    }
    if let recording, recording.activity == nil { recording.recorder.wake(at: Clock.monotonic.now()) }
  }

  /// Reaps the executables that have ended, ends the recording with the last of them, and then what they left behind.
  private mutating func reapEnded() throws(SystemError) {
    if watches.allSatisfy(\.hasEnded) { return }
    for position in watches.indices { try watches[position].reapIfEnded() }
    if let recording, recording.activity == nil {
      let ends = recording.positions.map { watches[$0].endTime }
      if !ends.contains(nil), let last = ends.compactMap(\.self).max() {
        self.recording?.activity = recording.recorder.end(at: last)
      }
    }
    let running = watches.filter { !$0.hasEnded }
    if running.isEmpty {
      orphans?.end()
    } else {
      orphans?.reapEnded(except: Set(running.map(\.child.identifier)))
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

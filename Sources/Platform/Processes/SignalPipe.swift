import CPlatform

/// Signals delivered as bytes on a descriptor, so that one `poll` waits for signals and everything else.
///
/// Only one can be active; creating another takes over the signals.
public final class SignalPipe: Sendable {
  /// The signal that reports the end of a child.
  public static let childEnded = SIGCHLD
  /// The signals with which a user or the system asks a program to exit.
  public static let endRequests = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  /// The signal with which a terminal asks a program to stop until it is continued: Ctrl-Z.
  public static let stopRequest = SIGTSTP
  /// The signal that continues a stopped program.
  public static let continued = SIGCONT

  private let pipe: Pipe
  private let signals: [Int32]

  /// The descriptor that becomes readable when a signal has arrived.
  public var descriptor: Descriptor { pipe.reader }

  /// Starts catching signals. Signals that were ignored when this process started, for example by `nohup`,
  /// stay ignored. A write to a pipe without readers fails instead of ending the process.
  ///
  /// - Throws: `SystemError`.
  public init(_ signals: [Int32]) throws(SystemError) {
    self.signals = signals
    pipe = try Pipe()
    let (reader, writer) = (pipe.reader.number, pipe.writer.number)
    try system("prepare a pipe") { scaleup_set_nonblocking(reader) }
    try system("prepare a pipe") { scaleup_set_nonblocking(writer) }
    try add(signals)
    // Measuring continues even if the reader of the notes has exited.
    ignoreBrokenPipes()
  }

  deinit {
    if remove(signals) { ignoreBrokenPipes(false) }
    // A request to end that came after the last `take` still ends the program.
    for signal in take() where Self.endRequests.contains(signal) { raise(signal) }
  }

  /// Starts catching more signals.
  ///
  /// - Throws: `SystemError`.
  public func add(_ more: [Int32]) throws(SystemError) {
    let writer = pipe.writer.number
    try system("catch signals") { scaleup_forward_signals(more, Int32(more.count), writer) }
  }

  /// Restores the default action of signals, unless another pipe has taken them over.
  ///
  /// - Returns: Whether it did.
  @discardableResult
  public func remove(_ signals: [Int32]) -> Bool {
    scaleup_restore_signals(signals, Int32(signals.count), pipe.writer.number)
  }

  /// Returns the signals that have arrived since the last call, in order.
  public func take() -> [Int32] {
    // An empty nonblocking pipe reports an error, which is normal here.
    let bytes = (try? pipe.reader.read(atMost: 64)) ?? []
    return bytes.map { Int32($0) }
  }

  /// Returns the first request to end that has arrived since the last call; `nil` if none has.
  func takeEndRequest() -> Int32? {
    take().first(where: Self.endRequests.contains)
  }

  /// Stops this process, as `stopRequest` does if it is not caught, until it is continued.
  public static func stopThisProcess() {
    scaleup_stop()
  }
}

import CPlatform

/// Signals delivered as bytes on a descriptor, so that one `poll` waits for signals and everything else.
///
/// Only one can be active; creating another takes over the signals.
public final class SignalPipe: Sendable {
  /// The signal that reports the end of a child.
  public static let childEnded = SIGCHLD
  /// The signals with which a user or the system asks a program to exit.
  public static let endRequests = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  private let pipe: Pipe
  private let signals: [Int32]

  /// The descriptor that becomes readable when a signal has arrived.
  public var descriptor: Descriptor { pipe.reader }

  /// Starts catching signals. Signals that were ignored when this process started, for example by `nohup`,
  /// stay ignored.
  ///
  /// - Throws: `SystemError`.
  public init(_ signals: [Int32]) throws(SystemError) {
    self.signals = signals
    pipe = try Pipe()
    let (reader, writer) = (pipe.reader.number, pipe.writer.number)
    try system("prepare a pipe") { scaleup_set_nonblocking(reader) }
    try system("prepare a pipe") { scaleup_set_nonblocking(writer) }
    try system("catch signals") { scaleup_forward_signals(signals, Int32(signals.count), writer) }
  }

  deinit {
    scaleup_restore_signals(signals, Int32(signals.count), pipe.writer.number)
    // A request to end that came after the last `take` still ends the program.
    for signal in take() where Self.endRequests.contains(signal) { raise(signal) }
  }

  /// Returns the signals that have arrived since the last call, in order.
  public func take() -> [Int32] {
    // An empty nonblocking pipe reports an error, which is normal here.
    let bytes = (try? pipe.reader.read(atMost: 64)) ?? []
    return bytes.map { Int32($0) }
  }
}

import CPlatform

/// Signals that arrive as bytes on a descriptor, so that one `poll` waits for them and for everything else.
///
/// One can exist at a time; making another takes the signals over.
public final class SignalPipe: Sendable {
  /// The signal by which the kernel tells that a child has ended.
  public static let childEnded = SIGCHLD
  /// The signals by which a user or the system asks a program to end.
  public static let endRequests = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  private let pipe: Pipe
  private let signals: [Int32]

  /// Readable when a signal has arrived.
  public var descriptor: Descriptor { pipe.reader }

  /// Catches the signals from now on; those that this process was started to ignore, as by `nohup`, stay ignored.
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
  }

  /// Takes the signals that have arrived since the last call, in their order.
  public func take() -> [Int32] {
    // No byte to read is an ordinary case, which a pipe that does not wait reports as an error.
    let bytes = (try? pipe.reader.read(atMost: 64)) ?? []
    return bytes.map { Int32($0) }
  }
}

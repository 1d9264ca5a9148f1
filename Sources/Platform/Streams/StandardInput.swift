import CPlatform

/// Standard input: the lines typed on it, or all of its text.
public final class StandardInput {
  /// The result of waiting for a line.
  public enum Event: Equatable, Sendable {
    /// A line, without its line ending.
    case line(String)
    /// The end of the input.
    case end
    /// A signal arrived first.
    case signal(Int32)
  }

  private static let longestLine = 4096

  // A static value is never released: if standard input were closed, the next open would take its number.
  private static let descriptor = Descriptor(owning: 0)
  private var bytes: [UInt8] = []

  /// The descriptor, for a program that waits for it together with others.
  public static var source: Descriptor { descriptor }

  /// The name of standard input in messages.
  public static let name = "standard input"

  /// Reads standard input to its end, as `File.text` reads a file.
  ///
  /// - Throws: `TextFileError`.
  public static func text(limit: Int) throws(TextFileError) -> String {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try File.bytes(of: descriptor, named: name, limit: limit)
    } catch {
      throw .system(error)
    }
    return try File.text(of: bytes, named: name)
  }

  /// Prepares to read lines.
  public init() {}

  /// Whether standard input is a terminal.
  public var isTerminal: Bool { isatty(Self.descriptor.number) == 1 }

  /// Discards everything that was typed at the terminal and not read yet. Input from anything else is kept.
  public func discardTyped() {
    guard isTerminal else { return }
    bytes = []
    // A terminal that is gone has nothing to discard; the next read reports it.
    _ = tcflush(Self.descriptor.number, TCIFLUSH)
  }

  /// Waits for the next line. A line over the length limit is split.
  ///
  /// - Parameter signals: The signals that end the wait, if they are requests to end.
  /// - Throws: `SystemError`.
  public func nextLine(orSignalOf signals: SignalPipe) throws(SystemError) -> Event {
    while true {
      if let end = bytes.firstIndex(of: 10) ?? (bytes.count > Self.longestLine ? bytes.count - 1 : nil) {
        defer { bytes.removeFirst(end + 1) }
        return .line(String(decoding: bytes[..<end], as: UTF8.self))
      }
      let ready = try poll([signals.descriptor, Self.descriptor])
      if ready.contains(0), let signal = signals.takeEndRequest() {
        return .signal(signal)
      }
      guard ready.contains(1) else { continue }
      let piece = try Self.descriptor.read(atMost: Self.longestLine)
      if piece.isEmpty { return .end }
      bytes += piece
    }
  }
}

import CPlatform

/// A standard stream that is written to without blocking.
///
/// A terminal that is ready for writing may still block a write, because it promises room for one byte only.
/// Nonblocking mode prevents that, but belongs to the open file, which other programs share: the shell's next
/// read would fail. So the terminal is opened once more. A terminal of another user cannot be opened, and is
/// written to like a pipe: in pieces that fit if it is ready, or else until the next signal.
struct NonblockingStream {
  /// The most bytes that any pipe accepts at once if it is ready (`_POSIX_PIPE_BUF`).
  private static let pieceSize = 512

  private let number: Int32
  private let terminal: Descriptor?

  init(_ stream: StandardStream) {
    number = stream.rawValue
    terminal = Self.reopenTerminal(number)
  }

  /// Writes the beginning of the bytes, as much as the stream accepts.
  ///
  /// - Returns: The number of bytes written; 0 if the stream accepts nothing now.
  /// - Throws: `SystemError`.
  func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    if terminal == nil, waitUntilWritable(number, for: 0) == 0 { return 0 }
    let piece = terminal == nil ? bytes.prefix(Self.pieceSize) : bytes
    let count = piece.withUnsafeBytes {
      CPlatform.write(terminal?.number ?? number, $0.baseAddress, $0.count)
    }
    if count >= 0 { return count }
    let code = scaleup_errno()
    // After a signal the caller decides whether to try again.
    if code == EAGAIN || code == EINTR { return 0 }
    throw SystemError(operation: "write", code: code)
  }

  private static func reopenTerminal(_ number: Int32) -> Descriptor? {
    guard isatty(number) == 1 else { return nil }
    #if os(Linux)
      // Unlike its name, this leads to the terminal in any container.
      let path = "/proc/self/fd/\(number)"
    #else
      guard let name = ttyname(number) else { return nil }
      let path = String(cString: name)
    #endif
    let descriptor = scaleup_open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY, 0)
    return descriptor == -1 ? nil : Descriptor(owning: descriptor)
  }
}

import CPlatform

/// An output stream that the process was started with.
public enum StandardStream: Int32, Sendable {
  /// Standard output, for results.
  case output = 1
  /// Standard error, for progress and errors.
  case error = 2

  /// The time between two attempts to write to a stream that accepts nothing, in nanoseconds.
  private static let pause: UInt64 = 10_000_000

  /// Writes the whole text.
  ///
  /// - Throws: `SystemError`.
  public func write(_ text: String) throws(SystemError) {
    do throws(SystemError) {
      try writeAll(Array(text.utf8), to: rawValue)
    } catch {
      throw failure(error)
    }
  }

  /// Writes the whole text unless a signal arrives while the stream accepts nothing, such as a stopped terminal.
  ///
  /// - Parameter signals: The signals that end the attempt, if they are requests to end.
  /// - Returns: That signal; `nil` if the whole text is written.
  /// - Throws: `SystemError`.
  public func write(_ text: String, orSignalOf signals: SignalPipe) throws(SystemError) -> Int32? {
    let stream = NonblockingStream(self)
    var rest = Array(text.utf8)[...]
    do throws(SystemError) {
      while !rest.isEmpty {
        let count = try stream.write(rest)
        rest = rest.dropFirst(count)
        if count == 0, try !poll([signals.descriptor], for: Self.pause).isEmpty,
          let signal = signals.takeEndRequest()
        {
          return signal
        }
      }
      return nil
    } catch {
      throw failure(error)
    }
  }

  /// Writes as much of a text as the stream accepts without blocking, and drops the rest. Errors are ignored.
  ///
  /// - Parameter nanoseconds: The time to wait for a stream that accepts nothing.
  /// - Returns: The number of bytes written.
  @discardableResult
  public func offer(_ text: String, within nanoseconds: UInt64 = 0) -> Int {
    let stream = NonblockingStream(self)
    let deadline = Clock.monotonic.now() + nanoseconds
    let bytes = Array(text.utf8)
    var rest = bytes[...]
    while !rest.isEmpty, let count = try? stream.write(rest) {
      rest = rest.dropFirst(count)
      if count > 0 { continue }
      let now = Clock.monotonic.now()
      if now >= deadline { break }
      Clock.sleep(until: min(deadline, now + Self.pause))
    }
    return bytes.count - rest.count
  }

  /// The size of the terminal in characters, or `nil` if the stream is not a terminal.
  public var terminalSize: (columns: Int, rows: Int)? {
    var (columns, rows): (Int32, Int32) = (0, 0)
    guard scaleup_terminal_size(rawValue, &columns, &rows) == 0 else { return nil }
    return (Int(columns), Int(rows))
  }

  private func failure(_ error: SystemError) -> SystemError {
    let name = self == .output ? "standard output" : "standard error"
    return SystemError(operation: "write to", subject: name, code: error.code)
  }
}

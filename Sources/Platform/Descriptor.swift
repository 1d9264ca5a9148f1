import CPlatform

/// An open file descriptor; it is closed when the last reference goes.
public final class Descriptor: Sendable {
  /// The number by which the kernel knows it.
  public let number: Int32

  /// Takes over an open descriptor.
  init(owning number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Reads what is there, at most as much as the buffer holds, waiting until there is something.
  ///
  /// - Returns: The number of bytes read; 0 at the end of the stream.
  /// - Throws: `SystemError`.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    let number = self.number
    return try system("read") { CPlatform.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads what is there, waiting until there is something.
  ///
  /// - Parameter limit: The most bytes to read.
  /// - Returns: The bytes; none at the end of the stream.
  /// - Throws: `SystemError`.
  public func read(atMost limit: Int) throws(SystemError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 16)
    defer { buffer.deallocate() }
    return Array(buffer[..<(try read(into: buffer))])
  }

  /// Writes all bytes, in as many writes as it takes.
  ///
  /// - Throws: `SystemError`.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try writeAll(bytes, to: number)
  }

  /// Writes the whole buffer, in as many writes as it takes.
  ///
  /// - Throws: `SystemError`.
  public func write(all buffer: UnsafeRawBufferPointer) throws(SystemError) {
    try writeAll(buffer, to: number)
  }
}

/// Closes every descriptor of this process but the standard streams and `kept`.
///
/// For a child after `fork(2)`, to drop its copies of its parent's descriptors. Values that own one of those must not be
/// used any more. One call costs less than closing each, and touches none of the memory shared with the parent. On Linux
/// before 5.9 the descriptors stay open.
public func closeDescriptors(except kept: [Descriptor]) {
  var first = StandardStream.error.rawValue + 1
  for number in kept.map(\.number).sorted() {
    if first < number { scaleup_close_range(first, number - 1) }
    first = max(first, number + 1)
  }
  scaleup_close_range(first, .max)
}

/// A stream that the process was started with and writes to.
public enum StandardStream: Int32, Sendable {
  /// Where results go.
  case output = 1
  /// Where progress and errors go.
  case error = 2

  /// Writes the whole text.
  ///
  /// - Throws: `SystemError`.
  public func write(_ text: String) throws(SystemError) {
    do throws(SystemError) {
      try writeAll(Array(text.utf8), to: rawValue)
    } catch {
      let name = self == .output ? "standard output" : "standard error"
      throw SystemError(operation: "write to", subject: name, code: error.code)
    }
  }

  /// Whether it takes some text within a time, by default now. A terminal that a person has stopped, or whose connection
  /// hangs, does not, and whoever writes to it waits for as long.
  public func takesText(within milliseconds: Int32 = 0) -> Bool {
    waitUntilWritable(rawValue, for: milliseconds) > 0
  }

  /// The size of the terminal in characters, or `nil` where the stream is no terminal.
  public var terminalSize: (columns: Int, rows: Int)? {
    var (columns, rows): (Int32, Int32) = (0, 0)
    guard scaleup_terminal_size(rawValue, &columns, &rows) == 0 else { return nil }
    return (Int(columns), Int(rows))
  }
}

private func writeAll(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
  try bytes.span.bytes.withUnsafeBytes { (buffer) throws(SystemError) in try writeAll(buffer, to: number) }
}

private func writeAll(_ buffer: UnsafeRawBufferPointer, to number: Int32) throws(SystemError) {
  var rest = buffer[...]
  while !rest.isEmpty {
    let part = UnsafeRawBufferPointer(rebasing: rest)
    let written = try system("write") {
      let count = CPlatform.write(number, part.baseAddress, part.count)
      return count == -1 && scaleup_errno() == EAGAIN ? min(waitUntilWritable(number), 0) : count
    }
    rest = rest.dropFirst(written)
  }
}

/// Waits until something can be written, by default for ever: somebody who shares a stream may have made it one on which
/// writing does not wait.
///
/// - Returns: 1, or 0 when the time is over; -1 where it cannot be waited for, or a signal came.
private func waitUntilWritable(_ number: Int32, for milliseconds: Int32 = -1) -> Int {
  var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
  return Int(CPlatform.poll(&entry, 1, milliseconds))
}

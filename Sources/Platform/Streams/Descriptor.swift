import CPlatform

/// An open file descriptor, closed when the last reference is released.
public final class Descriptor: Sendable {
  /// The descriptor's number.
  public let number: Int32

  /// Takes ownership of an open descriptor.
  init(owning number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Waits for data and reads what is available, at most as much as the buffer holds.
  ///
  /// - Returns: The number of bytes read; 0 at the end of the stream.
  /// - Throws: `SystemError`.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    let number = self.number
    return try system("read") { CPlatform.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Waits for data and reads what is available.
  ///
  /// - Parameter limit: The maximum number of bytes to read.
  /// - Returns: The bytes; empty at the end of the stream.
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

/// Closes every descriptor of this process except the standard streams and `kept`.
///
/// For a child after `fork(2)`, to close its copies of its parent's descriptors. Values that own one of those
/// must not be used afterwards. One call costs less than closing each descriptor and touches no memory shared
/// with the parent. A system without such a call closes them one by one.
public func closeDescriptors(except kept: [Descriptor]) {
  var first = StandardStream.error.rawValue + 1
  for number in kept.map(\.number).sorted() {
    if first < number { scaleup_close_range(first, number - 1) }
    first = max(first, number + 1)
  }
  scaleup_close_range(first, .max)
}

/// Writes all bytes, in as many writes as it takes.
func writeAll(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
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

/// Waits until the descriptor is writable, by default forever. A process that shares a stream may have made
/// it nonblocking.
///
/// - Returns: 1 if it is writable; 0 after the timeout; -1 on an error or a signal.
func waitUntilWritable(_ number: Int32, for milliseconds: Int32 = -1) -> Int {
  var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
  return Int(CPlatform.poll(&entry, 1, milliseconds))
}

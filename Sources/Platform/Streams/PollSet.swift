import CPlatform

/// A set of descriptors to wait for repeatedly, each at a fixed position.
///
/// The kernel's array is kept between calls, so that waiting for thousands of descriptors stays cheap.
public struct PollSet {
  private var entries: [pollfd]

  /// Creates a set of the descriptors.
  public init(_ descriptors: [Descriptor]) {
    entries = descriptors.map(Self.entry)
  }

  /// Replaces the descriptor at a position.
  public mutating func watch(_ descriptor: Descriptor, at position: Int) {
    entries[position] = Self.entry(descriptor)
  }

  /// Stops waiting for the descriptor at a position.
  public mutating func ignore(_ position: Int) {
    // poll(2) skips negative numbers.
    entries[position] = pollfd(fd: -1, events: 0, revents: 0)
  }

  /// Waits until at least one of the descriptors is readable or at its end.
  ///
  /// - Parameter nanoseconds: The timeout; `nil` waits forever.
  /// - Returns: The positions of the ready descriptors; empty after the timeout or a signal.
  /// - Throws: `SystemError`.
  public mutating func wait(for nanoseconds: UInt64? = nil) throws(SystemError) -> [Int] {
    let milliseconds = nanoseconds.map { time in
      let (whole, rest) = time.quotientAndRemainder(dividingBy: 1_000_000)
      return Int32(clamping: whole + (rest > 0 ? 1 : 0))
    }
    let ready = CPlatform.poll(&entries, nfds_t(entries.count), milliseconds ?? -1)
    if ready == -1 {
      let code = scaleup_errno()
      if code == EINTR { return [] }
      throw SystemError(operation: "wait for input", code: code)
    }
    return entries.indices.filter { entries[$0].revents != 0 }
  }

  private static func entry(_ descriptor: Descriptor) -> pollfd {
    pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
  }
}

/// Waits once until at least one of the descriptors is readable or at its end.
///
/// - Parameters:
///   - descriptors: The descriptors to wait for.
///   - nanoseconds: The timeout; `nil` waits forever.
/// - Returns: The positions of the ready descriptors; empty after the timeout or a signal.
/// - Throws: `SystemError`.
public func poll(
  _ descriptors: [Descriptor], for nanoseconds: UInt64? = nil
) throws(SystemError) -> [Int] {
  var set = PollSet(descriptors)
  return try set.wait(for: nanoseconds)
}

import CPlatform

/// Descriptors that one call waits for again and again, each at a fixed position.
///
/// What is handed to the kernel is kept from call to call, so that waiting for thousands costs no more than it must.
public struct PollSet {
  private var entries: [pollfd]

  /// A set that waits for all of the descriptors.
  public init(_ descriptors: [Descriptor]) {
    entries = descriptors.map(Self.entry)
  }

  /// Waits for another descriptor at a position from now on.
  public mutating func watch(_ descriptor: Descriptor, at position: Int) {
    entries[position] = Self.entry(descriptor)
  }

  /// Waits no longer for the descriptor at a position.
  public mutating func ignore(_ position: Int) {
    // What poll(2) is to pass over has a negative number.
    entries[position] = pollfd(fd: -1, events: 0, revents: 0)
  }

  /// Waits until one of the descriptors can be read or has reached its end.
  ///
  /// - Parameter nanoseconds: How long to wait at most; `nil` waits for ever.
  /// - Returns: The positions of the descriptors that are ready; empty when the time is over or a signal came.
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

/// Waits once until one of the descriptors can be read or has reached its end.
///
/// - Parameters:
///   - descriptors: What to wait for.
///   - nanoseconds: How long to wait at most; `nil` waits for ever.
/// - Returns: The positions of the descriptors that are ready; empty when the time is over or a signal came.
/// - Throws: `SystemError`.
public func poll(
  _ descriptors: [Descriptor], for nanoseconds: UInt64? = nil
) throws(SystemError) -> [Int] {
  var set = PollSet(descriptors)
  return try set.wait(for: nanoseconds)
}

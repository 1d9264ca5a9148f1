import CPlatform

/// A pipe: what is written to one end is read from the other. Both ends are closed on exec.
public struct Pipe: Sendable {
  /// The end that is read from.
  public let reader: Descriptor
  /// The end that is written to.
  public let writer: Descriptor

  /// Creates a pipe.
  ///
  /// - Throws: `SystemError`, for example when the process has no descriptors left.
  public init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    try system("create a pipe") { scaleup_pipe(&ends) }
    reader = Descriptor(owning: ends[0])
    writer = Descriptor(owning: ends[1])
  }
}

/// Waits until one of the descriptors can be read or has reached its end.
///
/// - Parameters:
///   - descriptors: What to wait for.
///   - nanoseconds: How long to wait at most; `nil` waits for ever.
/// - Returns: The positions of the descriptors that are ready; empty when the time is over or a signal came.
/// - Throws: `SystemError`.
public func poll(
  _ descriptors: [Descriptor], for nanoseconds: UInt64? = nil
) throws(SystemError) -> [Int] {
  var entries = descriptors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
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

/// From now on, a write to a pipe that nobody reads any more throws instead of ending the process, or ends it again.
public func ignoreBrokenPipes(_ areIgnored: Bool = true) {
  scaleup_ignore_broken_pipes(areIgnored)
}

/// Raises the limit of open descriptors so that `count` more fit, as far as this process may.
///
/// Where it may not, opening them fails with a clear error.
public func reserveDescriptors(_ count: Int) {
  let inUseAtMost = 64
  scaleup_raise_descriptor_limit(UInt64(count + inUseAtMost))
}

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

/// From now on, a write to a pipe that nobody reads any more throws instead of ending the process, or ends it again.
public func ignoreBrokenPipes(_ areIgnored: Bool = true) {
  scaleup_ignore_broken_pipes(areIgnored)
}

/// Raises the limit of open descriptors so that `count` more fit, as far as this process may.
///
/// Where it may not, opening them fails with a clear error.
///
/// - Returns: The limit as it is then, of all that are open at once.
@discardableResult
public func reserveDescriptors(_ count: Int) -> Int {
  let inUseAtMost = 64
  return Int(clamping: scaleup_raise_descriptor_limit(UInt64(count + inUseAtMost)))
}

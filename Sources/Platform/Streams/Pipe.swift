import CPlatform

/// A pipe. Both ends are closed on exec.
public struct Pipe: Sendable {
  /// The read end.
  public let reader: Descriptor
  /// The write end.
  public let writer: Descriptor

  /// Creates a pipe.
  ///
  /// - Throws: `SystemError`, for example if the process has too many open descriptors.
  public init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    try system("create a pipe") { scaleup_pipe(&ends) }
    reader = Descriptor(owning: ends[0])
    writer = Descriptor(owning: ends[1])
  }
}

/// Makes a write to a pipe without readers throw instead of killing the process, or restores the default.
public func ignoreBrokenPipes(_ areIgnored: Bool = true) {
  scaleup_ignore_broken_pipes(areIgnored)
}

/// Raises the limit on open descriptors so that `count` more fit, as far as the hard limit allows.
///
/// If the hard limit is too low, opening descriptors fails later with a clear error.
///
/// - Returns: The new limit on all open descriptors.
@discardableResult
public func reserveDescriptors(_ count: Int) -> Int {
  let inUseAtMost = 64
  return Int(clamping: scaleup_raise_descriptor_limit(UInt64(count + inUseAtMost)))
}

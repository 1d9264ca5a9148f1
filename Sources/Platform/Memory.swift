import CPlatform

/// The memory available to this process.
public enum Memory {
  /// Checks that `bytes` bytes can be allocated, for callers that would otherwise crash.
  ///
  /// - Throws: `SystemError` if they cannot be allocated.
  public static func probe(_ bytes: Int) throws(SystemError) {
    let code = scaleup_try_memory(bytes)
    if code != 0 { throw SystemError(operation: "allocate \(bytes) bytes", code: code) }
  }
}

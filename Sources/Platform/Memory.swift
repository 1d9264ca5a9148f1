import CPlatform

/// The memory available to this process.
public enum Memory {
  /// Checks that `bytes` bytes can be allocated, for callers that would otherwise crash.
  ///
  /// - Throws: `SystemError` if they cannot be allocated.
  public static func probe(_ bytes: Int) throws(SystemError) {
    guard let memory = malloc(bytes) else {
      throw SystemError(operation: "allocate \(bytes) bytes", code: ENOMEM)
    }
    free(memory)
  }
}

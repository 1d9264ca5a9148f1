import CPlatform

/// The memory that this process may have.
public enum Memory {
  /// Finds out whether so many bytes can be had at once, for somebody who would crash where they cannot.
  ///
  /// - Throws: `SystemError` where they cannot.
  public static func probe(_ bytes: Int) throws(SystemError) {
    guard let memory = malloc(bytes) else {
      throw SystemError(operation: "get \(bytes) bytes of memory", code: ENOMEM)
    }
    free(memory)
  }
}

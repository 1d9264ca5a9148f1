import CPlatform

/// Zeroed memory that this process shares with those that it forks later.
///
/// `@unchecked Sendable`: it is only an address. Who stores and loads at it must do so atomically or in turn.
public final class SharedMemory: @unchecked Sendable {
  /// The memory, aligned to a page.
  public let bytes: UnsafeMutableRawBufferPointer

  /// Allocates memory.
  ///
  /// - Throws: `SystemError`.
  public init(byteCount: Int) throws(SystemError) {
    guard let start = scaleup_shared_memory(byteCount) else {
      throw SystemError(operation: "share memory", code: scaleup_errno())
    }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
  }

  deinit {
    munmap(bytes.baseAddress, bytes.count)
  }
}

import CPlatform

/// A buffer of bytes that are appended in pieces and read from the beginning. With a directory, the bytes are
/// kept in an unnamed file, which the system deletes when the process ends, and take no memory.
public final class Spool {
  private static let chunk = 1 << 16

  private let file: Descriptor?
  private var bytes: [UInt8] = []
  private var size = 0

  /// Creates an empty spool.
  ///
  /// - Parameter directory: The directory of its file; `nil` keeps the bytes in memory.
  /// - Throws: `SystemError`.
  public init(in directory: String?) throws(SystemError) {
    guard let directory else {
      file = nil
      return
    }
    let path = "\(directory)/.scaleup.\(getpid()).spool"
    unlink(path.systemString)
    file = Descriptor(
      owning: try system("write", path) {
        scaleup_open(path.systemString, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
      })
    unlink(path.systemString)
  }

  /// Whether the spool holds no bytes.
  public var isEmpty: Bool { size == 0 }

  /// Appends all of the bytes, or none of them on an error.
  ///
  /// - Throws: `SystemError`.
  public func append(_ more: [UInt8]) throws(SystemError) {
    if let file {
      let size = off_t(self.size)
      try system("write") { lseek(file.number, size, SEEK_SET) }
      do throws(SystemError) {
        try file.write(more)
      } catch {
        // Remove the part that was written.
        _ = try? system("truncate") { ftruncate(file.number, size) }
        throw error
      }
    } else {
      bytes += more
    }
    size += more.count
  }

  /// Reads all bytes, in pieces of at most 64 KiB.
  ///
  /// - Throws: `SystemError`, and any error that `receive` throws.
  public func read(_ receive: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) {
    guard let file else { return try receive(bytes) }
    try system("read") { lseek(file.number, 0, SEEK_SET) }
    var left = size
    while left > 0 {
      let piece = try file.read(atMost: min(Self.chunk, left))
      if piece.isEmpty { throw SystemError(operation: "read", code: EIO) }
      try receive(piece)
      left -= piece.count
    }
  }
}

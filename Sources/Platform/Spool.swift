import CPlatform

/// Bytes that are appended one after the other and read again from the first on. In a folder they are kept in a file
/// without a name, which goes with the spool however the process ends, so that they take no memory.
public final class Spool {
  private static let chunk = 1 << 16

  private let file: Descriptor?
  private var bytes: [UInt8] = []
  private var size = 0

  /// Makes an empty spool.
  ///
  /// - Parameter folder: Where its file is; `nil` keeps the bytes in memory.
  /// - Throws: `SystemError`.
  public init(in folder: String?) throws(SystemError) {
    guard let folder else {
      file = nil
      return
    }
    let path = "\(folder)/.scaleup.\(getpid()).spool"
    unlink(path)
    file = Descriptor(
      owning: try system("write", path) { scaleup_open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600) })
    unlink(path)
  }

  /// Whether nothing has been appended.
  public var isEmpty: Bool { size == 0 }

  /// Appends some bytes: all of them, or none.
  ///
  /// - Throws: `SystemError`.
  public func append(_ more: [UInt8]) throws(SystemError) {
    if let file {
      let size = off_t(self.size)
      try system("write") { lseek(file.number, size, SEEK_SET) }
      do throws(SystemError) {
        try file.write(more)
      } catch {
        // What came to be written of them would be behind the end.
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
  /// - Throws: `SystemError`, and what `receive` throws.
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

import CPlatform

/// A file that only this process may append to, as a journal is. The claim, an advisory lock on the file, ends with the process.
///
/// On a file system without locks, other processes are not kept out.
public final class AppendedFile {
  /// The path of the file.
  public let path: String
  /// The size in bytes.
  public private(set) var size = 0
  private var file: Descriptor

  /// Claims a file, which is created if it does not exist.
  ///
  /// - Throws: `SystemError`; its `isClaimed` is true if another process has claimed the file.
  public init(_ path: String) throws(SystemError) {
    if File.exists(path), !File.isRegular(path) {
      throw SystemError(operation: "write", subject: path, code: File.isDirectory(path) ? EISDIR : EEXIST)
    }
    self.path = path
    repeat {
      file = Descriptor(
        owning: try system("open", path) {
          scaleup_open(path.systemString, O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW, 0o666)
        })
      try ClaimedFile.lock(file, path)
      // The file may have been replaced before it was locked.
    } while !ClaimedFile.isSame(file, path)
  }

  /// Reads the whole file.
  ///
  /// - Throws: `SystemError`; its code is `EFBIG` for a file over the limit in bytes.
  public func bytes(limit: Int) throws(SystemError) -> [UInt8] {
    let file = self.file
    try system("read", path) { lseek(file.number, 0, SEEK_SET) }
    let bytes = try File.bytes(of: file, named: path, limit: limit)
    size = bytes.count
    return bytes
  }

  /// Removes all bytes after the first `count`. What is appended next follows them.
  ///
  /// - Throws: `SystemError`.
  public func truncate(to count: Int) throws(SystemError) {
    let file = self.file
    try system("truncate", path) { ftruncate(file.number, off_t(count)) }
    try system("write", path) { lseek(file.number, off_t(count), SEEK_SET) }
    size = count
  }

  /// Appends all of the bytes, or none of them on an error.
  ///
  /// - Throws: `SystemError`.
  public func append(_ bytes: [UInt8]) throws(SystemError) {
    do throws(SystemError) {
      try file.write(bytes)
    } catch {
      // Remove the part that was written.
      try truncate(to: size)
      throw SystemError(operation: "write", subject: path, code: error.code)
    }
    size += bytes.count
  }

  /// Waits until the disk has what was appended.
  ///
  /// - Throws: `SystemError`. What the disk has is then unknown.
  public func sync() throws(SystemError) {
    let file = self.file
    try system("write", path) { fsync(file.number) }
  }

  /// Waits until the disk has the file's name in its directory, as far as the file system can do that.
  public func syncName() {
    File.syncDirectory(File.directory(of: path))
  }

  /// Replaces the content atomically: the file has the whole old or the whole new content at any moment.
  ///
  /// - Throws: `SystemError`; the old content is then unchanged.
  public func replace(with bytes: [UInt8]) throws(SystemError) {
    let draft = try Draft(for: path)
    try ClaimedFile.lock(draft.file, path)
    try draft.write(bytes)
    try draft.publish(isSynced: true)
    (file, size) = (draft.file, bytes.count)
  }
}

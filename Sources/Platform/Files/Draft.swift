import CPlatform

/// A temporary file beside its destination. Publishing it replaces the destination; otherwise the destination
/// stays unchanged.
///
/// A replaced file keeps its mode, and its owner and group if this process may set them. A new file has the
/// mode that the umask leaves.
public final class Draft {
  private let destination: String
  private let path: String
  let file: Descriptor

  init(for destination: String) throws(SystemError) {
    let path = "\(destination).\(getpid()).draft"
    self.destination = destination
    self.path = path
    unlink(path.systemString)
    let old = File.regularStatus(of: destination)
    let mode = old.map { $0.st_mode & 0o777 } ?? 0o666
    file = Descriptor(
      owning: try system("write", destination) {
        scaleup_open(path.systemString, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
      })
    if let old {
      fchown(file.number, old.st_uid, old.st_gid)
      fchmod(file.number, mode)
    }
  }

  /// Appends some bytes.
  ///
  /// - Throws: `SystemError`.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    do throws(SystemError) {
      try file.write(bytes)
    } catch {
      throw SystemError(operation: "write", subject: destination, code: error.code)
    }
  }

  /// Asks the file system for errors of earlier writes, and optionally waits until the disk has the bytes.
  func finishWriting(isSynced: Bool) throws(SystemError) {
    let number = file.number
    if isSynced { try system("write", destination) { fsync(number) } }
    try system("write", destination) { scaleup_close_copy(number) }
  }

  /// Replaces the destination.
  ///
  /// - Parameter isSynced: Whether the new content survives a power failure from now on.
  func publish(isSynced: Bool) throws(SystemError) {
    let (path, destination) = (self.path, self.destination)
    try finishWriting(isSynced: isSynced)
    try system("write", destination) { rename(path.systemString, destination.systemString) }
    if isSynced { File.syncDirectory(File.directory(of: destination)) }
  }

  deinit {
    unlink(path.systemString)
  }
}

import CPlatform

extension File {
  /// Replaces or creates a file atomically: readers see either the whole old content or the whole new
  /// content.
  ///
  /// - Throws: `SystemError`; the old content is then unchanged.
  public static func replace(_ path: String, with bytes: some Sequence<UInt8>) throws(SystemError) {
    try replace(path) { (draft) throws(SystemError) in try draft.write(Array(bytes)) }
  }

  /// Replaces or creates a file atomically with the content that `writing` writes.
  ///
  /// - Throws: `SystemError`; the old content is then unchanged.
  public static func replace(
    _ path: String, writing: (Draft) throws(SystemError) -> Void
  ) throws(SystemError) {
    let draft = try Draft(for: path)
    try writing(draft)
    try draft.publish()
  }

  /// Checks that `replace` could succeed, without leaving a trace.
  ///
  /// - Throws: `SystemError` if it could not.
  public static func checkReplaceable(_ path: String) throws(SystemError) {
    if isDirectory(path) { throw SystemError(operation: "write", subject: path, code: EISDIR) }
    // Replacing a device would delete it.
    if exists(path), !isRegular(path) {
      throw SystemError(operation: "write", subject: path, code: EEXIST)
    }
    _ = try Draft(for: path)
  }

  /// Checks that files could be written to a directory, creating it temporarily if necessary.
  ///
  /// - Throws: `SystemError` if it could not.
  public static func checkDirectory(_ path: String) throws(SystemError) {
    let isNew = !isDirectory(path)
    try createDirectory(path)
    defer { if isNew { rmdir(path.systemString) } }
    try checkReplaceable("\(path)/file")
  }
}

/// A temporary file beside its destination. Publishing it replaces the destination; otherwise the destination
/// stays unchanged.
public final class Draft {
  private let destination: String
  private let path: String
  let file: Descriptor

  init(for destination: String) throws(SystemError) {
    let path = "\(destination).\(getpid()).draft"
    self.destination = destination
    self.path = path
    unlink(path.systemString)
    // Group and others may read saved runs. The umask still applies.
    file = Descriptor(
      owning: try system("write", destination) {
        scaleup_open(path.systemString, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)
      })
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

  func publish() throws(SystemError) {
    let (path, destination) = (self.path, self.destination)
    try system("write", destination) { rename(path.systemString, destination.systemString) }
  }

  deinit {
    unlink(path.systemString)
  }
}

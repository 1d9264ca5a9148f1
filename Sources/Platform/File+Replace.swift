import CPlatform

extension File {
  /// Replaces a file, or creates it, in one step: at every moment its old or its new content is there whole.
  ///
  /// - Throws: `SystemError`; the old content is then untouched.
  public static func replace(_ path: String, with bytes: some Sequence<UInt8>) throws(SystemError) {
    try replace(path) { (draft) throws(SystemError) in try draft.write(Array(bytes)) }
  }

  /// Replaces a file, or creates it, in one step, with what is written piece by piece.
  ///
  /// - Throws: `SystemError`; the old content is then untouched.
  public static func replace(
    _ path: String, writing: (Draft) throws(SystemError) -> Void
  ) throws(SystemError) {
    let draft = try Draft(for: path)
    try writing(draft)
    try draft.publish()
  }

  /// Finds out whether `replace` could work, without leaving a trace.
  ///
  /// - Throws: `SystemError` that says why not.
  public static func checkReplaceable(_ path: String) throws(SystemError) {
    if isFolder(path) { throw SystemError(operation: "write", subject: path, code: EISDIR) }
    // To replace a device would be to lose it.
    if exists(path), !isRegular(path) {
      throw SystemError(operation: "write", subject: path, code: EEXIST)
    }
    _ = try Draft(for: path)
  }

  /// Finds out whether files could be written into a folder, which may have to be created, without leaving a trace.
  ///
  /// - Throws: `SystemError` that says why not.
  public static func checkFolder(_ path: String) throws(SystemError) {
    let isNew = !isFolder(path)
    try makeFolder(path)
    defer { if isNew { rmdir(path) } }
    try checkReplaceable("\(path)/file")
  }
}

/// A file written beside its destination, which it replaces when it is published, and which it leaves
/// untouched when it is not.
public final class Draft {
  private let destination: String
  private let path: String
  let file: Descriptor

  init(for destination: String) throws(SystemError) {
    let path = "\(destination).\(getpid()).draft"
    self.destination = destination
    self.path = path
    unlink(path)
    // Group and others may read: a saved run can be shown to anybody. The umask still applies.
    file = Descriptor(
      owning: try system("write", destination) {
        scaleup_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)
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
    try system("write", destination) { rename(path, destination) }
  }

  deinit {
    unlink(path)
  }
}

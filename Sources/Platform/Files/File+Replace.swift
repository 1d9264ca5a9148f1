import CPlatform

extension File {
  /// Replaces or creates a file atomically: readers see either the whole old content or the whole new
  /// content. A symbolic link is replaced and not followed: see `target(of:)`.
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
    try draft.publish(isSynced: true)
  }

  /// Checks that `replace` could succeed, without leaving a trace.
  ///
  /// - Throws: `SystemError` if it could not.
  public static func checkReplaceable(_ path: String) throws(SystemError) {
    if isDirectory(path) { throw SystemError(operation: "write", subject: path, code: EISDIR) }
    if exists(path) {
      // Replacing a device would delete it.
      if !isRegular(path) { throw SystemError(operation: "write", subject: path, code: EEXIST) }
      try system("write", path) { access(path.systemString, W_OK) }
      if scaleup_is_mount_point(path.systemString) {
        throw SystemError(operation: "replace the mounted file", subject: path, code: EBUSY)
      }
    }
    let draft = try Draft(for: path)
    // A full disk still has room for an empty file.
    try draft.write([UInt8](repeating: 0, count: 4096))
    try draft.finishWriting(isSynced: false)
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

  /// Waits until the disk has the names in a directory. Not every file system can do this.
  static func syncDirectory(_ path: String) {
    let number = scaleup_open(path.systemString, O_RDONLY | O_DIRECTORY, 0)
    if number >= 0 { withExtendedLifetime(Descriptor(owning: number)) { _ = fsync($0.number) } }
  }

  /// Returns the status of the regular file at the path itself; `nil` if there is none.
  static func regularStatus(of path: String) -> stat? {
    status(of: path, following: false).flatMap { $0.st_mode & mode_t(S_IFMT) == mode_t(S_IFREG) ? $0 : nil }
  }
}

import CPlatform

/// A file that only this process may replace while it holds the claim. The claim ends with the process.
///
/// The claim is an advisory lock on the file itself. A file that does not exist is created empty, and removed at
/// the end of the claim unless it was replaced. Every draft is locked before it replaces the file. On a file
/// system without locks, other processes are not kept out.
public final class ClaimedFile {
  /// The path of the file.
  public let path: String
  private var claim: Descriptor
  /// Whether the file was created by this claim and is still empty.
  private var isPlaceholder = false

  /// Claims a file, which is created if it does not exist.
  ///
  /// - Throws: `SystemError` if the file cannot be replaced; its `isClaimed` is true if another process has
  ///   claimed the file.
  public static func claim(_ path: String) throws(SystemError) -> ClaimedFile {
    while true {
      do throws(SystemError) {
        return try ClaimedFile(creating: path)
      } catch {
        if !error.fileExists { throw error }
      }
      do throws(SystemError) {
        return try ClaimedFile(existing: path)
      } catch {
        if !error.isMissing { throw error }
      }
    }
  }

  /// Claims a file that exists.
  ///
  /// - Throws: `SystemError`, as `claim`.
  public init(existing path: String) throws(SystemError) {
    try File.checkReplaceable(path)
    self.path = path
    repeat {
      // A network file system locks writable descriptors only.
      let number = try system("open", path) {
        scaleup_open(path.systemString, O_RDWR | O_NONBLOCK | O_NOFOLLOW, 0)
      }
      claim = Descriptor(owning: number)
      try Self.lock(claim, path)
      // The file may have been replaced before it was locked.
    } while !Self.isSame(claim, path)
  }

  /// Claims a new file.
  ///
  /// - Throws: `SystemError`, as `claim`; its `fileExists` is true if there is a file of any type.
  public init(creating path: String) throws(SystemError) {
    if !File.exists(path) { try File.checkReplaceable(path) }
    self.path = path
    claim = Descriptor(
      owning: try system("create", path) {
        scaleup_open(path.systemString, O_RDWR | O_CREAT | O_EXCL, 0o666)
      })
    try Self.lock(claim, path)
    // Another process may have claimed and replaced the file before it was locked.
    if !Self.isSame(claim, path) { throw SystemError(operation: "create", subject: path, code: EEXIST) }
    isPlaceholder = true
  }

  deinit {
    if isPlaceholder, Self.isSame(claim, path) { unlink(path.systemString) }
  }

  /// Replaces the file atomically with the content that `writing` writes.
  ///
  /// - Parameter isSynced: Whether the new content survives a power failure from now on.
  /// - Throws: `SystemError`; the old content is then unchanged.
  public func replace(
    isSynced: Bool, writing: (Draft) throws(SystemError) -> Void
  ) throws(SystemError) {
    let draft = try Draft(for: path)
    try Self.lock(draft.file, path)
    try writing(draft)
    try draft.publish(isSynced: isSynced)
    (claim, isPlaceholder) = (draft.file, false)
  }

  /// Locks a file for this process. On a file system without locks it does nothing.
  static func lock(_ file: Descriptor, _ path: String) throws(SystemError) {
    do throws(SystemError) {
      try system("claim", path) { flock(file.number, LOCK_EX | LOCK_NB) }
    } catch {
      if error.isClaimed { throw error }
    }
  }

  /// Returns whether a path leads to an open file.
  static func isSame(_ file: Descriptor, _ path: String) -> Bool {
    var claimed = stat()
    guard fstat(file.number, &claimed) == 0, let found = File.status(of: path) else { return false }
    return claimed.st_dev == found.st_dev && claimed.st_ino == found.st_ino
  }
}

import CPlatform

/// A file that only this process may replace while it holds the claim. The claim ends with the process.
///
/// The claim is an advisory lock on the file itself. Every draft is locked before it replaces the file. On a
/// file system without locks, other processes are not kept out.
public final class ClaimedFile {
  private let path: String
  private var claim: Descriptor?

  /// Claims a file, which need not exist.
  ///
  /// - Throws: `SystemError`; its `isClaimed` is true if another process has claimed the file.
  public init(_ path: String) throws(SystemError) {
    self.path = path
    while let file = (try? system("open") { scaleup_open(path.systemString, O_RDONLY | O_NONBLOCK, 0) })
      .map(Descriptor.init(owning:))
    {
      try Self.lock(file, path)
      claim = file
      // The file may have been replaced before it was locked.
      if Self.isSame(file, path) { return }
    }
  }

  /// Replaces or creates the file atomically with the content that `writing` writes.
  ///
  /// - Throws: `SystemError`; the old content is then unchanged.
  public func replace(writing: (Draft) throws(SystemError) -> Void) throws(SystemError) {
    let draft = try Draft(for: path)
    try Self.lock(draft.file, path)
    try writing(draft)
    try draft.publish()
    claim = draft.file
  }

  private static func lock(_ file: Descriptor, _ path: String) throws(SystemError) {
    do throws(SystemError) {
      try system("claim", path) { flock(file.number, LOCK_EX | LOCK_NB) }
    } catch {
      if error.isClaimed { throw error }
    }
  }

  private static func isSame(_ file: Descriptor, _ path: String) -> Bool {
    var (claimed, found) = (stat(), stat())
    return fstat(file.number, &claimed) == 0 && stat(path.systemString, &found) == 0 && claimed.st_dev == found.st_dev
      && claimed.st_ino == found.st_ino
  }
}

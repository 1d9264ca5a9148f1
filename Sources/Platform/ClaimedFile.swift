import CPlatform

/// A file that one process alone replaces, as long as it keeps the claim; the claim goes with the process, however that
/// ends.
///
/// The claim is an advisory lock on the file itself, and is handed on to every draft before that takes the file's place.
/// Where the file system has no locks, nobody is kept away.
public final class ClaimedFile {
  private let path: String
  private var claim: Descriptor?

  /// Claims a file, which need not be there yet.
  ///
  /// - Throws: `SystemError`; `isClaimed` tells that another process has claimed it.
  public init(_ path: String) throws(SystemError) {
    self.path = path
    while let file = (try? system("open") { scaleup_open(path, O_RDONLY | O_NONBLOCK, 0) })
      .map(Descriptor.init(owning:))
    {
      try Self.lock(file, path)
      claim = file
      // It may have been replaced before it was locked.
      if Self.isSame(file, path) { return }
    }
  }

  /// Replaces the file, or creates it, in one step, with what is written piece by piece.
  ///
  /// - Throws: `SystemError`; the old content is then untouched.
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
    return fstat(file.number, &claimed) == 0 && stat(path, &found) == 0 && claimed.st_dev == found.st_dev
      && claimed.st_ino == found.st_ino
  }
}

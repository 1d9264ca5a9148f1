import CPlatform

/// A directory for the files of a program that this process starts. It is removed with its last reference.
///
/// Only this user can enter it. A lock that the kernel releases at the end of the process marks it as in use, so that a
/// later process can remove what a killed one has left.
public final class TemporaryDirectory {
  /// The path of the directory.
  public let path: String
  private let lock: Descriptor

  /// The name of the file that is locked as long as the directory is in use.
  private static let lockName = "lock"

  /// Creates a directory in `TMPDIR`, or in `/tmp` if that is not set or its path is too long for the addresses of sockets.
  ///
  /// - Parameter prefix: The beginning of its name.
  /// - Throws: `SystemError`.
  public convenience init(prefix: String) throws(SystemError) {
    try self.init(prefix: prefix, in: Self.parent)
  }

  /// Creates a directory in another.
  ///
  /// - Throws: `SystemError`.
  public init(prefix: String, in parent: String) throws(SystemError) {
    let path = "\(parent)/\(prefix).\(getpid()).\(String(UInt32.random(in: 0 ... .max), radix: 36))"
    try system("create directory", path) { mkdir(path.systemString, 0o700) }
    self.path = path
    do throws(SystemError) {
      // The file gets its name when it is locked, so that no other process locks it first.
      let draft = "\(path)/\(Self.lockName).draft"
      lock = try Self.open(draft, O_RDWR | O_CREAT | O_EXCL)
      let number = lock.number
      try system("lock", draft) { flock(number, LOCK_EX | LOCK_NB) }
      try system("create", path) { rename(draft.systemString, "\(path)/\(Self.lockName)".systemString) }
    } catch {
      Self.remove(path)
      throw error
    }
  }

  deinit {
    Self.remove(path)
  }

  /// Creates a file in the directory, to which everything is appended.
  ///
  /// - Throws: `SystemError`.
  public func create(_ name: String) throws(SystemError) -> Descriptor {
    try Self.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_APPEND)
  }

  /// Removes the directories whose processes have ended without removing them.
  ///
  /// - Parameter prefix: The beginning of their names.
  public static func removeAbandoned(prefix: String) {
    removeAbandoned(prefix: prefix, in: parent)
  }

  /// Removes such directories from another directory.
  public static func removeAbandoned(prefix: String, in parent: String) {
    let names = (try? File.names(in: parent)) ?? []
    for name in names where name.hasPrefix("\(prefix).") {
      let path = "\(parent)/\(name)"
      guard isOwn(path), let lock = try? open("\(path)/\(lockName)", O_RDWR) else { continue }
      if flock(lock.number, LOCK_EX | LOCK_NB) == 0 { remove(path) }
    }
  }

  /// The directory for temporary ones. A Unix socket's address has room for about a hundred bytes.
  private static var parent: String {
    let longest = 60
    guard let path = ThisProcess.environment("TMPDIR"), !path.isEmpty, path.utf8.count <= longest else {
      return "/tmp"
    }
    return path
  }

  private static func isOwn(_ path: String) -> Bool {
    guard let status = File.status(of: path, following: false) else { return false }
    return status.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR) && status.st_uid == geteuid()
  }

  private static func open(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try system("open", path) { scaleup_open(path.systemString, flags | O_NOFOLLOW, 0o600) })
  }

  /// Removes a directory of files. The lock goes last: without it, nobody would remove the rest.
  private static func remove(_ path: String) {
    let names = (try? File.names(in: path)) ?? []
    for name in names where name != lockName { unlink("\(path)/\(name)".systemString) }
    unlink("\(path)/\(lockName)".systemString)
    rmdir(path.systemString)
  }
}

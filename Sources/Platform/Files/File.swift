import CPlatform

/// Operations on whole files and directories. A path is text made by `String.init(systemBytes:)`.
public enum File {
  /// The name that stands for standard output in place of a file to write.
  public static let standardOutput = "-"
  /// The name that stands for standard input in place of a file to read.
  public static let standardInput = "-"

  /// Reads a file as UTF-8.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The maximum size in bytes.
  /// - Throws: `SystemError`; its code is `EFBIG` for a file over the limit.
  public static func read(_ path: String, limit: Int) throws(SystemError) -> String {
    String(decoding: try bytes(of: path, limit: limit), as: UTF8.self)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: `SystemError`; its code is `EFBIG` for a file over the limit in bytes.
  static func bytes(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let file = try reader(path)
    return try bytes(of: file, named: path, limit: limit)
  }

  /// Reads a stream to its end.
  ///
  /// - Parameter name: The name of the stream in messages.
  /// - Throws: `SystemError`; its code is `EFBIG` for more bytes than the limit.
  static func bytes(of stream: Descriptor, named name: String, limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      while true {
        let chunk = try stream.read(atMost: 1 << 16)
        if chunk.isEmpty { return bytes }
        bytes += chunk
        if bytes.count > limit { throw SystemError(operation: "read", code: EFBIG) }
      }
    } catch {
      throw SystemError(operation: "read", subject: name, code: error.code)
    }
  }

  /// Opens a file for reading.
  ///
  /// - Throws: `SystemError`.
  public static func reader(_ path: String) throws(SystemError) -> Descriptor {
    Descriptor(owning: try system("open", path) { scaleup_open(path.systemString, O_RDONLY, 0) })
  }

  /// Creates a directory unless it exists; its parent must exist.
  ///
  /// - Throws: `SystemError`.
  public static func createDirectory(_ path: String) throws(SystemError) {
    if isDirectory(path) { return }
    // mkdir reports a link to nothing as an existing file.
    if isDanglingLink(path) { throw SystemError(operation: "follow the link", subject: path, code: ENOENT) }
    try system("create directory", path) { mkdir(path.systemString, 0o777) }
  }

  /// Whether there is a directory at the path.
  public static func isDirectory(_ path: String) -> Bool {
    kind(of: path) == mode_t(S_IFDIR)
  }

  /// Whether there is a regular file at the path.
  public static func isRegular(_ path: String) -> Bool {
    kind(of: path) == mode_t(S_IFREG)
  }

  /// Whether there is a regular file at the path that this process may execute.
  public static func isExecutable(_ path: String) -> Bool {
    isRegular(path) && access(path.systemString, X_OK) == 0
  }

  /// Returns the path of an executable from the directories of a search path such as the value of `PATH`, or
  /// `nil` if none of them has it.
  ///
  /// - Parameter name: The name of the executable, or a path, which is not searched for.
  public static func executable(_ name: String, searchPath: String) -> String? {
    if isPath(name) { return isExecutable(name) ? name : nil }
    let directories = searchPath.unicodeScalars.split(separator: ":")
    return directories.lazy.map { "\(String($0))/\(name)" }.first(where: isExecutable)
  }

  /// Returns the time at which a file was last modified, in seconds and nanoseconds since 1970; `nil` if there
  /// is no such file.
  ///
  /// A file system may have times that 64 bits of nanoseconds cannot express.
  public static func changeTime(_ path: String) -> (seconds: Int, nanoseconds: Int)? {
    status(of: path).map { status in
      var status = status
      let time = scaleup_change_time(&status)
      return (Int(time.tv_sec), Int(time.tv_nsec))
    }
  }

  /// Whether a file of any type exists at the path.
  public static func exists(_ path: String) -> Bool {
    kind(of: path) != nil
  }

  /// Whether there is a regular file at the path itself, not behind a symbolic link, with at least one byte.
  public static func hasContent(_ path: String) -> Bool {
    status(of: path, following: false).map { kind(of: $0) == mode_t(S_IFREG) && $0.st_size > 0 } ?? false
  }

  /// Whether two paths refer to the same file.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    guard let first = status(of: one), let second = status(of: other) else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  private static func isDanglingLink(_ path: String) -> Bool {
    status(of: path, following: false).map { kind(of: $0) == mode_t(S_IFLNK) } == true && !exists(path)
  }

  /// Returns the status of a file; `nil` if there is no such file.
  ///
  /// - Parameter isFollowing: Whether the file is the one that a symbolic link refers to.
  static func status(of path: String, following isFollowing: Bool = true) -> stat? {
    var status = stat()
    let code = isFollowing ? stat(path.systemString, &status) : lstat(path.systemString, &status)
    return code == 0 ? status : nil
  }

  private static func kind(of path: String) -> mode_t? { status(of: path).map(kind) }

  private static func kind(of status: stat) -> mode_t { status.st_mode & mode_t(S_IFMT) }

  /// Returns the sorted names of a directory's entries.
  ///
  /// - Throws: `SystemError`.
  public static func names(in directory: String) throws(SystemError) -> [String] {
    guard let stream = opendir(directory.systemString) else {
      throw SystemError(operation: "list directory", subject: directory, code: scaleup_errno())
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(systemBytes: bytes.prefix { $0 != 0 })
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

import CPlatform

/// Operations on whole files and directories.
public enum File {
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
    let file = Descriptor(owning: try system("open", path) { scaleup_open(path, O_RDONLY, 0) })
    var bytes: [UInt8] = []
    do throws(SystemError) {
      while true {
        let chunk = try file.read(atMost: 1 << 16)
        if chunk.isEmpty { return bytes }
        bytes += chunk
        if bytes.count > limit { throw SystemError(operation: "read", code: EFBIG) }
      }
    } catch {
      throw SystemError(operation: "read", subject: path, code: error.code)
    }
  }

  /// Creates an empty file to reserve its name.
  ///
  /// - Throws: `SystemError`; its `fileExists` is true if the name is taken.
  public static func reserve(_ path: String) throws(SystemError) {
    _ = Descriptor(
      owning: try system("create", path) { scaleup_open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644) })
  }

  /// Creates a directory unless it exists; its parent must exist.
  ///
  /// - Throws: `SystemError`.
  public static func createDirectory(_ path: String) throws(SystemError) {
    if isDirectory(path) { return }
    // mkdir reports a link to nothing as an existing file.
    if isDanglingLink(path) { throw SystemError(operation: "follow the link", subject: path, code: ENOENT) }
    try system("create directory", path) { mkdir(path, 0o755) }
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
    isRegular(path) && access(path, X_OK) == 0
  }

  /// Returns the path of an executable from the directories of a search path such as the value of `PATH`, or
  /// `nil` if none of them has it.
  ///
  /// - Parameter name: The name of the executable, or a path, which is not searched for.
  public static func executable(_ name: String, searchPath: String) -> String? {
    if name.contains("/") { return isExecutable(name) ? name : nil }
    return searchPath.split(separator: ":").lazy.map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  /// Returns the time at which a file was last modified, in nanoseconds since 1970; `nil` if there is no such
  /// file.
  public static func changeTime(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let time = scaleup_change_time(&status)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Whether a file of any type exists at the path.
  public static func exists(_ path: String) -> Bool {
    kind(of: path) != nil
  }

  /// Whether two paths refer to the same file.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  private static func isDanglingLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & mode_t(S_IFMT) == mode_t(S_IFLNK) && !exists(path)
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & mode_t(S_IFMT) : nil
  }

  /// Returns the sorted names of a directory's entries.
  ///
  /// - Throws: `SystemError`.
  public static func names(in directory: String) throws(SystemError) -> [String] {
    guard let stream = opendir(directory) else {
      throw SystemError(operation: "list directory", subject: directory, code: scaleup_errno())
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Returns the directory of this process's executable; `nil` if the system does not provide it.
  public static func executableDirectory() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard scaleup_executable_path(&buffer, UInt32(buffer.count)) == 0 else { return nil }
    let path = buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}

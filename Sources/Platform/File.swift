import CPlatform

/// Files as wholes.
public enum File {
  /// Reads a file as UTF-8.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The number of bytes over which it is refused.
  /// - Throws: `SystemError`; its code is `EFBIG` for a file over the limit.
  public static func read(_ path: String, limit: Int) throws(SystemError) -> String {
    let file = Descriptor(owning: try system("open", path) { scaleup_open(path, O_RDONLY, 0) })
    var bytes: [UInt8] = []
    do throws(SystemError) {
      while true {
        let chunk = try file.read(atMost: 1 << 16)
        if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
        bytes += chunk
        if bytes.count > limit { throw SystemError(operation: "read", code: EFBIG) }
      }
    } catch {
      throw SystemError(operation: "read", subject: path, code: error.code)
    }
  }

  /// Creates an empty file, so that nobody else takes its name.
  ///
  /// - Throws: `SystemError`; `isAlreadyThere` tells that somebody has.
  public static func reserve(_ path: String) throws(SystemError) {
    _ = Descriptor(
      owning: try system("create", path) { scaleup_open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644) })
  }

  /// Creates a folder if there is none; its parent must be there.
  ///
  /// - Throws: `SystemError`.
  public static func makeFolder(_ path: String) throws(SystemError) {
    if isFolder(path) { return }
    try system("create folder", path) { mkdir(path, 0o755) }
  }

  /// Whether there is a folder at the path.
  public static func isFolder(_ path: String) -> Bool {
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

  /// The path of an executable, looked for in the folders of a search path such as the value of `PATH`; `nil` where
  /// none of them has it.
  ///
  /// - Parameter name: Its name, or a path, which is then not looked for.
  public static func executable(_ name: String, searchPath: String) -> String? {
    if name.contains("/") { return isExecutable(name) ? name : nil }
    return searchPath.split(separator: ":").lazy.map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  /// When the content of a file was last changed, in nanoseconds since 1970; `nil` where there is no such file.
  public static func changeTime(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let time = scaleup_change_time(&status)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Whether there is anything at the path.
  public static func exists(_ path: String) -> Bool {
    kind(of: path) != nil
  }

  /// Whether two paths lead to the same file.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & mode_t(S_IFMT) : nil
  }

  /// The names in a folder, sorted.
  ///
  /// - Throws: `SystemError`.
  public static func names(in folder: String) throws(SystemError) -> [String] {
    guard let stream = opendir(folder) else {
      throw SystemError(operation: "list folder", subject: folder, code: scaleup_errno())
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

  /// The folder of the file that this process executes; `nil` where the system does not tell.
  public static func executableFolder() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard scaleup_executable_path(&buffer, UInt32(buffer.count)) == 0 else { return nil }
    let path = buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}

import CPlatform

extension File {
  /// Whether a word is a path rather than the name of something in a directory.
  public static func isPath(_ word: String) -> Bool {
    word.utf8.contains(UInt8(ascii: "/"))
  }

  /// Returns the directory of a path: what precedes its last slash, or `.` if it has none.
  public static func directory(of path: String) -> String {
    // A slash is compared as a byte: a name may begin with a combining character.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the path of the file that is written if a user names `path`. Symbolic links to regular files, or
  /// to files that do not exist, are followed.
  ///
  /// - Throws: `SystemError` for links in a circle.
  public static func target(of path: String) throws(SystemError) -> String {
    if exists(path), !isRegular(path) { return path }
    var target = path
    for _ in 0..<40 {
      guard let link = link(at: target) else { return target }
      target = link.utf8.first == UInt8(ascii: "/") ? link : "\(directory(of: target))/\(link)"
    }
    throw SystemError(operation: "write", subject: path, code: ELOOP)
  }

  /// Returns the directory of this process's executable; `nil` if the system does not provide it.
  public static func executableDirectory() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard scaleup_executable_path(&buffer, UInt32(buffer.count)) == 0 else { return nil }
    return directory(of: text(in: buffer, count: buffer.count))
  }

  /// Returns the content of a symbolic link; `nil` if there is none at the path.
  private static func link(at path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path.systemString, &buffer, buffer.count)
    return count < 0 ? nil : text(in: buffer, count: count)
  }

  private static func text(in buffer: [CChar], count: Int) -> String {
    String(systemBytes: buffer.prefix(count).prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
  }
}

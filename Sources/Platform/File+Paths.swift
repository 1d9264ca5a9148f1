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

  /// Returns the directory of this process's executable; `nil` if the system does not provide it.
  public static func executableDirectory() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard scaleup_executable_path(&buffer, UInt32(buffer.count)) == 0 else { return nil }
    return directory(of: text(in: buffer, count: buffer.count))
  }

  private static func text(in buffer: [CChar], count: Int) -> String {
    String(systemBytes: buffer.prefix(count).prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
  }
}

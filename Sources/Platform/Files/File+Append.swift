import CPlatform

extension File {
  /// Adds a text to the end of a file, which is created if it is missing. Short texts that several processes add at
  /// once stay whole.
  ///
  /// - Throws: `SystemError`.
  public static func append(_ text: String, to path: String) throws(SystemError) {
    let number = try system("open", path) {
      scaleup_open(path.systemString, O_WRONLY | O_APPEND | O_CREAT, 0o666)
    }
    do throws(SystemError) {
      try Descriptor(owning: number).write(Array(text.utf8))
    } catch {
      throw SystemError(operation: "write", subject: path, code: error.code)
    }
  }
}

import CPlatform

extension ChildProcess {
  /// Starts an executable in a process group of its own, with no input and default signal handling.
  ///
  /// No shell is involved. On Linux the executable is killed when the thread that called this ends before it, so that
  /// it does not outlive this process however that ends; what it has started itself is not.
  ///
  /// - Parameters:
  ///   - executable: The path of the executable.
  ///   - arguments: Its arguments, without its name.
  ///   - output: Where its standard output goes.
  ///   - error: Where its standard error goes.
  /// - Throws: `SystemError`.
  public static func spawn(
    _ executable: String, _ arguments: [String], output: Descriptor, error: Descriptor
  ) throws(SystemError) -> ChildProcess {
    var identifier: pid_t = 0
    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    let code = scaleup_spawn(&identifier, executable, &words, output.number, error.number)
    if code != 0 { throw SystemError(operation: "start", subject: executable, code: code) }
    return ChildProcess(identifier: identifier)
  }
}

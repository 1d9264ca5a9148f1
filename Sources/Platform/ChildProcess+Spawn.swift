import CPlatform

extension ChildProcess {
  /// Starts an executable in a process group of its own, with no input and default signal handling.
  ///
  /// No shell is involved. The child does not outlive this process, however that ends: on Linux the kernel kills the child,
  /// but not what it has started, when the calling thread exits. Elsewhere a guardian process kills the child's group.
  ///
  /// - Parameters:
  ///   - executable: The path of the executable.
  ///   - arguments: The arguments, without the name of the executable.
  ///   - withheld: The environment variables that it does not inherit.
  ///   - cpus: The CPUs that it and its children may use (default: those of this process). Only if `Processor.canBind`.
  ///   - output: The descriptor for its standard output.
  ///   - error: The descriptor for its standard error.
  /// - Throws: `SystemError`.
  public static func spawn(
    _ executable: String, _ arguments: [String], withholding withheld: VariableNames = .none,
    on cpus: [Int] = [], output: Descriptor, error: Descriptor
  ) throws(SystemError) -> ChildProcess {
    var identifier: pid_t = 0
    var words = ([executable] + arguments).map { strdup($0.systemString) } + [nil]
    defer { words.forEach { free($0) } }
    var environment = withheld.rest
    let code = scaleup_spawn(
      &identifier, executable.systemString, &words, &environment, output.number, error.number,
      cpus.map { Int32(clamping: $0) }, Int32(clamping: cpus.count))
    if code != 0 { throw SystemError(operation: "start", subject: executable, code: code) }
    return ChildProcess(identifier: identifier)
  }
}

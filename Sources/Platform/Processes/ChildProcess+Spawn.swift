import CPlatform

extension ChildProcess {
  /// Starts an executable in a process group of its own, with default signal handling.
  ///
  /// No shell is involved. The child does not outlive this process, however that ends: on Linux the kernel kills the child,
  /// but not what it has started, when the calling thread exits. Elsewhere a guardian process kills the child's group.
  ///
  /// - Parameters:
  ///   - executable: The path of the executable; if it is relative, it begins in `directory`.
  ///   - arguments: The arguments, without the name of the executable.
  ///   - withheld: The environment variables that it does not inherit.
  ///   - added: Environment variables that it gets in place of those of this process, `NAME=value` each.
  ///   - directory: Its working directory (default: that of this process).
  ///   - cpus: The CPUs that it and its children may use (default: those of this process). Only if `Processor.canBind`.
  ///   - leadsSession: Whether it leads a session of its own: it then has no terminal, even if it opens one by name.
  ///   - input: The descriptor for its standard input (default: no input).
  ///   - output: The descriptor for its standard output; `nil` discards it.
  ///   - error: The descriptor for its standard error.
  /// - Throws: `SystemError`.
  public static func spawn(
    _ executable: String, _ arguments: [String], withholding withheld: VariableNames = .none,
    adding added: [String] = [], in directory: String? = nil, on cpus: [Int] = [], leadsSession: Bool = false,
    input: Descriptor? = nil, output: Descriptor?, error: Descriptor
  ) throws(SystemError) -> ChildProcess {
    var identifier: pid_t = 0
    var startTime: UInt64 = 0
    let allWithheld = withheld.adding(added.map { String($0.prefix { $0 != "=" }) })
    let variables = added.map { strdup($0.systemString) }
    let words = ([executable] + arguments).map { strdup($0.systemString) } + [nil]
    defer { (words + variables).forEach { free($0) } }
    let environment = variables + allWithheld.rest
    let numbers = cpus.map { Int32(clamping: $0) }
    // A pointer to a text lives as long as the call that it is passed to.
    func start(_ path: UnsafePointer<CChar>, in directory: UnsafePointer<CChar>?) -> Int32 {
      words.withUnsafeBufferPointer { words in
        environment.withUnsafeBufferPointer { environment in
          numbers.withUnsafeBufferPointer { numbers in
            guard let arguments = words.baseAddress, let variables = environment.baseAddress else {
              return EINVAL
            }
            var program = scaleup_program(
              path: path, arguments: arguments, environment: variables, directory: directory,
              input: input?.number ?? -1, output: output?.number ?? -1, error: error.number,
              cpus: numbers.baseAddress, cpu_count: Int32(clamping: numbers.count),
              leads_session: leadsSession)
            startTime = Clock.monotonic.now()
            return scaleup_spawn(&identifier, &program)
          }
        }
      }
    }
    let path = executable.systemString
    let code = directory.map { start(path, in: $0.systemString) } ?? start(path, in: nil)
    if code != 0 { throw SystemError(operation: "start", subject: executable, code: code) }
    return ChildProcess(identifier: identifier, startTime: startTime)
  }
}

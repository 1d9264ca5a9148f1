import Platform

/// A program to start, and what it may use.
struct Launch {
  /// The destination of a program's standard output.
  enum Output: Equatable {
    /// It is kept; more bytes than the limit end the program.
    case captured(limit: Int)
    /// Only its hash is kept.
    case hashed
    /// Nobody reads it.
    case discarded
  }

  /// The path of the executable; if it is relative, it begins in `directory`.
  var path: String
  /// The arguments, without the name of the executable.
  var arguments: [String]
  /// The environment variables that it does not inherit.
  var withheld = VariableNames.none
  /// The environment variables that it gets in place of those of this process, `NAME=value` each.
  var environment: [String] = []
  /// Its working directory; `nil` for that of this process.
  var directory: String?
  /// The CPUs that it may use; empty for those of this process.
  var cpus: [Int] = []
  /// The file that is its standard input; `nil` for none.
  var input: String?
  /// The destination of its standard output.
  var output: Output
  /// Whether it leads a session of its own, so that it has no terminal.
  var leadsSession = false
  /// Whether the processes of its group may outlive it.
  var keepsGroup = false
  /// Whether it starts processes that only it can end. It then gets `SIGTERM` before `SIGKILL`.
  var isLauncher = false
}

extension ChildProcess {
  /// Starts a program.
  ///
  /// - Parameters:
  ///   - output: The descriptor for its standard output; `nil` discards it.
  ///   - error: The descriptor for its standard error.
  /// - Throws: `SystemError`.
  init(_ launch: Launch, output: Descriptor?, error: Descriptor) throws(SystemError) {
    let input = try launch.input.map { path throws(SystemError) in try File.reader(path) }
    self = try ChildProcess.spawn(
      launch.path, launch.arguments, withholding: launch.withheld, adding: launch.environment,
      in: launch.directory, on: launch.cpus, leadsSession: launch.leadsSession, input: input, output: output,
      error: error)
  }
}

import Platform

/// A program to start, and what it may use.
struct Launch {
  /// The path of the executable.
  var path: String
  /// The arguments, without the name of the executable.
  var arguments: [String]
  /// The environment variables that it does not inherit.
  var withheld = VariableNames.none
  /// The CPUs that it may use; empty for those of this process.
  var cpus: [Int] = []
  /// The limit of its standard output in bytes.
  var outputLimit: Int
  /// Whether it starts processes that only it can end. It then gets `SIGTERM` before `SIGKILL`.
  var isLauncher = false
}

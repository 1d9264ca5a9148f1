import Platform

/// The reason that a queue of jobs ends with an error.
public enum JobServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed.
  case system(SystemError)
  /// The journal cannot be used.
  case journal(JournalError)
  /// Redis cannot be used.
  case redis(RedisError)
  /// A line on standard input is not a command.
  case invalidCommand(String)
  /// A command adds an instance whose name is taken.
  case takenName(String)
  /// A command names an unknown instance.
  case unknownName(String)

  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .system(let error): "\(error)"
    case .journal(let error): "\(error)"
    case .redis(let error): "\(error)"
    case .invalidCommand(let line):
      "invalid command: '\(line.prefix(80))' (expected add NAME ADDRESS PORT, drain NAME, remove NAME or status)"
    case .takenName(let name): "instance '\(name)' exists already (remove it first)"
    case .unknownName(let name): "unknown instance: '\(name)' (add it first)"
    }
  }
}

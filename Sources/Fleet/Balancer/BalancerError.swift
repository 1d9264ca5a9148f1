import Platform

/// The reason that a balancer rejects a command or a setting, or cannot go on.
public enum BalancerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed.
  case system(SystemError)
  /// A line is not a command.
  case unknownCommand(String)
  /// No target has the name.
  case unknownName(String)
  /// Another target has the name.
  case takenName(String)
  /// A name cannot be sent in a header.
  case invalidName(String)
  /// A target's address is not numeric.
  case invalidAddress(String)
  /// The path of the health checks is invalid.
  case invalidPath(String)

  /// One line that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .system(let error): error.description
    case .unknownCommand(let line):
      "unknown command: '\(line.prefix(80))' (expected add NAME ADDRESS PORT, drain NAME, remove NAME or status)"
    case .unknownName(let name): "unknown target: '\(name.prefix(80))' (add it first)"
    case .takenName(let name): "target '\(name.prefix(80))' exists already (remove it first)"
    case .invalidName(let name):
      "invalid target name: '\(name.prefix(80))' (expected up to 64 letters, digits, '-', '_' or '.')"
    case .invalidAddress(let address):
      "invalid target address: '\(address.prefix(80))' (expected a numeric address such as 127.0.0.1)"
    case .invalidPath(let path):
      "invalid check path: '\(path.prefix(80))' (expected a path such as /healthcheck)"
    }
  }
}

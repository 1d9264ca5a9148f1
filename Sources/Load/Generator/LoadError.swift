import HTTP
import Platform

/// The reason that a load run cannot be carried out.
public enum LoadError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A path or the host cannot be sent.
  case request(RequestWriter.Problem)
  /// The first connection failed.
  case cannotConnect(SystemError)
  /// The first connection was not established in time, in nanoseconds.
  case noConnection(String, timeout: UInt64)
  /// A system call failed.
  case system(SystemError)

  /// One line with the remedy.
  public var description: String {
    switch self {
    case .request(let problem): "\(problem)"
    case .cannotConnect(let error):
      "\(error)" + (ConnectionFailure(code: error.code) == .refused ? " (is the server running?)" : "")
    case .noConnection(let name, let timeout):
      "cannot connect to \(name): no answer within \(Double(timeout) / 1_000_000_000) s (is the server running?)"
    case .system(let error): "\(error)"
    }
  }
}

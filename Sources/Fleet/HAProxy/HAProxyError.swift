import Platform

/// The reason that HAProxy cannot be used, or that it rejects a command.
public enum HAProxyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The program is not installed.
  case notInstalled(String)
  /// The program reports no version of HAProxy.
  case unknownProgram(String, output: String)
  /// The program did not answer the question for its version in time.
  case noVersion(String, seconds: UInt64)
  /// The version cannot check servers that are added at run time.
  case tooOld(HAProxyVersion)
  /// It ended before it was ready, with its messages.
  case notStarted(status: ExitStatus, messages: String)
  /// It was not ready in time.
  case notReady(seconds: UInt64)
  /// It has ended.
  case ended(ExitStatus)
  /// Its runtime socket is gone, although it runs.
  case unreachable(SystemError)
  /// It did not answer a command in time.
  case noAnswer(command: String)
  /// Someone asked for the end of the wait.
  case interrupted
  /// It refused a command.
  case refused(command: String, answer: String)
  /// Its statistics lack something.
  case unreadable(String)
  /// The name of an instance has a character that HAProxy does not permit.
  case invalidName(String)
  /// The address of an instance is not numeric.
  case invalidAddress(String)
  /// A system call failed.
  case system(SystemError)

  /// One line with the reason, and the remedy if there is one.
  public var description: String {
    switch self {
    case .notInstalled(let name):
      "cannot find '\(name)' (install it, such as with apt-get install haproxy, or give its path)"
    case .unknownProgram(let path, let output):
      "\(path) is not HAProxy: -v printed '\(output)' (expected a line such as 'HAProxy version 2.6.12')"
    case .noVersion(let path, let seconds):
      "\(path) did not answer -v within \(seconds) s (expected a line such as 'HAProxy version 2.6.12')"
    case .tooOld(let version):
      "HAProxy \(version) is too old (expected 2.6 or later, which checks servers added at run time)"
    case .notStarted(let status, let messages):
      "HAProxy did not start: it \(status)\(messages.isEmpty ? "" : ": \(messages)")"
    case .notReady(let seconds): "HAProxy did not open its runtime socket within \(seconds) s"
    case .ended(let status): "HAProxy has ended: it \(status)"
    case .unreachable(let error): "HAProxy runs without its runtime socket: \(error)"
    case .noAnswer(let command):
      "HAProxy did not answer '\(command)' within \(HAProxySocket.limit / 1_000_000_000) s"
    case .interrupted: "interrupted while HAProxy was asked"
    case .refused(let command, let answer): "HAProxy refused '\(command)': \(answer)"
    case .unreadable(let lack): "HAProxy's statistics lack \(lack)"
    case .invalidName(let name):
      "invalid instance name: '\(name)' (expected ASCII letters, digits, '-', '_', '.' and ':')"
    case .invalidAddress(let address):
      "invalid instance address: '\(address)' (expected a numeric address such as 127.0.0.1)"
    case .system(let error): "\(error)"
    }
  }
}

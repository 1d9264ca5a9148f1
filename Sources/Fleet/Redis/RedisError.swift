/// The reason that Redis cannot keep jobs.
public enum RedisError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing answers at the address.
  case unreachable(address: String, reason: String)
  /// Its version lacks a command.
  case tooOld(address: String, version: String)
  /// A key has a value of another type.
  case wrongType(key: String, expected: String)
  /// It refuses a command, with its reason.
  case refused(address: String, reason: String)
  /// Another program than Redis answers.
  case notRedis(address: String, reason: String)

  /// The oldest version: the first with `XPENDING … IDLE`.
  static let oldestVersion = (major: 6, minor: 2)

  /// One line with the reason and the remedy.
  public var description: String {
    switch self {
    case .unreachable(let address, let reason):
      "cannot reach Redis at \(address): \(reason) (start redis-server, or leave out --redis)"
    case .tooOld(let address, let version):
      "Redis at \(address) is too old: \(version) (expected \(Self.oldestVersion.major).\(Self.oldestVersion.minor) "
        + "or newer)"
    case .wrongType(let key, let expected):
      "Redis key '\(key)' is not a \(expected) (expected a free key, such as redis://127.0.0.1:6379/other)"
    case .refused(let address, let reason): "Redis at \(address) refused: \(reason)"
    case .notRedis(let address, let reason): "cannot use the server at \(address): it sent \(reason)"
    }
  }
}

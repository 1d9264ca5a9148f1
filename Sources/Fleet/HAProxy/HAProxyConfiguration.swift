/// The settings of HAProxy and its checks. Times are in nanoseconds, of which HAProxy counts whole milliseconds.
public struct HAProxyConfiguration: Equatable, Sendable {
  /// The rule by which it chooses a target.
  public enum Balance: String, CaseIterable, Sendable {
    /// One after the other.
    case roundRobin = "roundrobin"
    /// The one with the fewest connections in use.
    case leastConnections = "leastconn"
  }

  /// The rule by which it chooses a target.
  public var balance: Balance
  /// The health checks, whose meaning is that of the built-in balancer's.
  public var check: HealthCheckSettings
  /// The time within which a connection to a target has to be established.
  public var connectTimeout: UInt64
  /// The time within which a client has to send, and a target to answer.
  public var transferTimeout: UInt64
  /// The greatest number of connections of clients.
  public var mostConnections: Int

  /// Creates settings.
  public init(
    balance: Balance = .roundRobin, check: HealthCheckSettings = HealthCheckSettings(),
    connectTimeout: UInt64 = 1_000_000_000, transferTimeout: UInt64 = 60_000_000_000,
    mostConnections: Int = 2000
  ) {
    (self.balance, self.check, self.connectTimeout) = (balance, check, connectTimeout)
    (self.transferTimeout, self.mostConnections) = (transferTimeout, mostConnections)
  }

  /// The name of the part that accepts connections.
  static let frontend = "fleet"
  /// The name of the part that has the targets.
  static let backend = "instances"

  /// Returns the text of the configuration file. It has no target: these are added at run time.
  ///
  /// HAProxy inherits its listening socket as standard input, so that no other program can take the port first.
  ///
  /// - Parameter socket: The path of the runtime socket.
  public func text(socket: String) -> String {
    """
    global
      stats socket \(Self.quoted(socket)) mode 600 level admin
      stats timeout 10s
      nbthread 1
      maxconn \(mostConnections)
      no strict-limits

    defaults
      mode http
      timeout connect \(Self.time(connectTimeout))
      timeout client \(Self.time(transferTimeout))
      timeout server \(Self.time(transferTimeout))
      timeout check \(Self.time(check.timeout))
      option redispatch
      retries 3

    frontend \(Self.frontend)
      bind fd@0
      default_backend \(Self.backend)

    backend \(Self.backend)
      balance \(balance.rawValue)
      option httpchk GET \(Self.quoted(check.path))
      http-check expect status 200-399

    """
  }

  /// Returns the words of a target's checks for `add server`, which does not take them from the configuration file.
  var checks: String {
    "check inter \(Self.time(check.interval)) rise \(check.rise) fall \(check.fall)"
  }

  /// Returns a word in quotes, which HAProxy takes literally.
  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Returns a time as HAProxy reads it, rounded up, at most the greatest of 32 bits.
  private static func time(_ nanoseconds: UInt64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return "\(min(max(1, whole + (rest > 0 ? 1 : 0)), UInt64(Int32.max)))ms"
  }
}

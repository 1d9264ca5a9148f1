import HTTP

/// The health checks of targets: a GET that each target has to answer with a status from 200 to 399 in time.
///
/// ALB and HAProxy count checks in a row, too, but differ in the details:
///
/// | | ALB | HAProxy | here |
/// |---|---|---|---|
/// | good answer | 200 | 200–399 | 200–399 |
/// | a new target | gets requests after one good check | gets requests at once, until one check fails | as ALB |
/// | unhealthy after | so many failures in a row: 2 | `fall` in a row: 3 | `fall`: 2 |
/// | healthy after | so many good checks in a row: 5 | `rise` in a row: 2 | `rise`: 2 |
/// | interval | 30 s | `inter`: 2 s | 5 s, from the start of a check to that of the next |
/// | timeout | 5 s | `timeout check`, otherwise `inter` | 2 s |
/// | all unhealthy | all get requests | 503 | as ALB |
///
/// Sources: Elastic Load Balancing, "Health checks for Application Load Balancer target groups"; HAProxy 2.6, Configuration
/// Manual, section 5.2, `check`, `fall`, `inter`, `rise`.
public struct HealthCheckSettings: Equatable, Sendable {
  /// The path that is requested.
  public var path: String
  /// The nanoseconds from the start of a check to that of the next.
  public var interval: UInt64
  /// The nanoseconds within which a target has to answer; not more than `interval`.
  public var timeout: UInt64
  /// The good checks in a row that make an unhealthy target healthy, at least 1.
  public var rise: Int
  /// The failed checks in a row that make a healthy target unhealthy, at least 1.
  public var fall: Int

  /// Creates settings. A timeout beyond the interval is shortened to it, so that no check overlaps the next.
  ///
  /// - Precondition: `interval` and `timeout` are positive, `rise` and `fall` at least 1.
  public init(
    path: String = "/healthcheck", interval: UInt64 = 5_000_000_000, timeout: UInt64 = 2_000_000_000,
    rise: Int = 2, fall: Int = 2
  ) {
    precondition(interval > 0 && timeout > 0 && rise > 0 && fall > 0, "health checks need positive settings")
    (self.path, self.interval, self.timeout) = (path, interval, min(timeout, interval))
    (self.rise, self.fall) = (rise, fall)
  }

  /// Returns whether a text is a path that can be requested.
  public static func isPath(_ text: String) -> Bool {
    var request: [UInt8] = []
    return text.hasPrefix("/")
      && (try? RequestWriter(host: "localhost").append("GET", text, into: &request)) != nil
  }
}

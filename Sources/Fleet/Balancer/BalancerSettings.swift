import HTTP

/// The rule by which a balancer chooses a target.
public enum Balancing: String, CaseIterable, Sendable {
  /// Each target in turn.
  case roundRobin = "round-robin"
  /// The target with the fewest requests in flight; among equals, each in turn.
  case leastOutstanding = "least-outstanding"
}

/// The settings of a balancer. Times are in nanoseconds.
public struct BalancerSettings: Sendable {
  /// The rule by which it chooses a target.
  public var balancing = Balancing.leastOutstanding
  /// The health checks.
  public var check = HealthCheckSettings()
  /// The longest time without a byte from a target that has to answer.
  public var answerTime: UInt64 = 30_000_000_000
  /// The time for answers in flight after a request to end.
  public var grace: UInt64 = 10_000_000_000
  /// The time from the first byte of a request's head to its last.
  public var headTime: UInt64 = 10_000_000_000
  /// The longest time without a byte of a body from a client.
  public var bodyTime: UInt64 = 30_000_000_000
  /// The time that a client's connection stays open without a request.
  public var idleTime: UInt64 = 60_000_000_000
  /// The longest time in which a client takes no byte of its answer.
  public var sendTime: UInt64 = 30_000_000_000
  /// The time for a client to close after its last answer.
  public var lingerTime: UInt64 = 2_000_000_000
  /// The time that a connection to a target is kept without a request, less than what servers usually wait.
  public var targetIdleTime: UInt64 = 30_000_000_000
  /// The most connections to a target that are kept without a request.
  public var idlePerTarget = 128
  /// The most connections of clients. More wait to be accepted.
  public var connections = 10_000
  /// The limits of requests in bytes.
  public var requestLimits = RequestLimits()
  /// The limits of answers in bytes.
  public var responseLimits = ResponseLimits()

  /// The most bytes of a body: it is passed on, not kept, and its length must fit the parser's arithmetic.
  public static let mostBody = 1 << 50

  /// Creates the default settings.
  public init() {
    requestLimits.body = Self.mostBody
    responseLimits.body = Self.mostBody
  }
}

import Platform

/// A connection of a balancer's event loop.
protocol WatchedConnection: AnyObject {
  /// The socket.
  var descriptor: Descriptor { get }
  /// The number of its events.
  var token: UInt64 { get }
  /// The events for which it is watched. With none, only the break of the connection is reported.
  var interest: EventQueue.Interest { get set }
  /// The round of the loop in which the interest changed. Events of that round may be older than the change.
  var interestChanged: UInt64 { get set }
}

/// A connection that a balancer's event loop finds by its number.
enum BalancerSlot {
  case client(ClientConnection)
  case target(TargetConnection)
  case check(HealthCheck)
}

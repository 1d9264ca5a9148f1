import CPlatform

/// The kinds of failures of a connection.
public enum ConnectionFailure: Equatable, Sendable {
  /// Nothing listens at the address, or it cannot be reached.
  case refused
  /// The peer, or the system in its place, has broken the connection.
  case reset
  /// The peer does not answer.
  case timedOut
  /// This machine has no descriptor, port or memory left for the connection.
  case localLimit
  /// The connection is not established yet.
  case unconnected

  /// Returns the kind of an error number: of `connect(2)`, of a transfer, or of a socket.
  public init(code: Int32) {
    switch code {
    case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: self = .refused
    case ETIMEDOUT: self = .timedOut
    case EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC, EADDRNOTAVAIL, EADDRINUSE: self = .localLimit
    case ENOTCONN: self = .unconnected
    default: self = .reset
    }
  }
}

import HTTP
import Platform

/// A connection of the generator, or the place of one: it is opened again and again.
final class ClientConnection {
  /// The states of a connection.
  enum State {
    /// Not open.
    case closed
    /// Being opened; with or without a request that waits for it.
    case opening
    /// Open and without a request.
    case idle
    /// A request is being sent, or is waiting for its answer.
    case busy
  }

  /// The place in the list of the thread's connections.
  let place: Int
  var state = State.closed
  /// The socket, if it is open or being opened.
  private(set) var descriptor: Descriptor?
  /// The number of times that the place was used, so that an event of an earlier connection is recognized.
  private(set) var generation: UInt64 = 0
  /// The events for which the socket is watched.
  var interest: EventQueue.Interest = .reading
  /// The time at which it was opened.
  private(set) var openedAt: UInt64 = 0
  /// The number of answers since then.
  var answers: UInt64 = 0
  /// Whether it is in the queue of those that can take a request.
  var isQueued = false

  /// Whether a request is on it, sent or not.
  var hasRequest = false
  /// The time at which the request was due.
  var due: UInt64 = 0
  /// The time at which sending the request, or opening a connection for it, began.
  var sentAt: UInt64 = 0
  /// The index of the request's path.
  var entry = 0
  /// The number of bytes of the request that were sent.
  var offset = 0
  /// Whether the request had to wait for a connection.
  var waited = false

  /// The parser of the answers.
  var parser: ResponseParser
  /// The bytes of an incomplete head.
  var head: [UInt8] = []
  /// The place of the worker that answered last.
  var worker = 0

  /// Creates a place for a connection.
  init(place: Int, parser: ResponseParser) {
    self.place = place
    self.parser = parser
  }

  /// The token of its events.
  var token: UInt64 { generation << 32 | UInt64(place) }

  /// Puts a new socket in the place.
  func open(_ descriptor: Descriptor, at time: UInt64, parser: ResponseParser) {
    self.descriptor = descriptor
    self.parser = parser
    generation = (generation + 1) & 0x7FFF_FFFF
    openedAt = time
    answers = 0
    head.removeAll(keepingCapacity: true)
  }

  /// Closes the socket, if there is one. Any request on it is lost.
  func close() {
    descriptor = nil
    state = .closed
    hasRequest = false
  }

  /// Returns whether the request, or opening the connection, takes longer than a time in nanoseconds.
  func isOverdue(at now: UInt64, timeout: UInt64) -> Bool {
    let start = hasRequest ? sentAt : openedAt
    return (hasRequest || state == .opening) && now > start && now - start > timeout
  }
}

import Records

/// The front of a fleet, which gives work to its instances: a balancer, or a queue of jobs.
///
/// It is a process of its own, so that its CPU time is its own. It checks the health of its targets; the fleet decides
/// which targets there are.
public protocol FleetFront {
  /// The port that clients use.
  var port: Int { get }

  /// Adds an instance, which gets work from its first good health check on.
  mutating func add(_ name: String, address: String, port: Int) throws
  /// Stops giving work to an instance. Its state becomes `drained` when it has none in hand.
  mutating func drain(_ name: String) throws
  /// Forgets an instance. Its work in hand is lost, or given to another.
  mutating func remove(_ name: String) throws
  /// Returns the state of the front and its targets.
  mutating func status() throws -> FrontStatus
}

/// A command to a front that is a program of the suite: one line on its standard input.
///
/// The answer to `status` is one line on standard output, a `FrontStatus`. The other commands have no answer. An unknown
/// name, a taken name or an unknown command ends the program with an error. The end of standard input ends it in order.
public enum FrontCommand: Equatable, Sendable, CustomStringConvertible {
  /// `add NAME ADDRESS PORT`.
  case add(String, address: String, port: Int)
  /// `drain NAME`.
  case drain(String)
  /// `remove NAME`.
  case remove(String)
  /// `status`.
  case status

  /// Reads a line without its end; `nil` if it is not a command.
  public init?(_ line: String) {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch (words.first, words.count) {
    case ("add", 4):
      guard let port = Int(words[3]), (1...65_535).contains(port) else { return nil }
      self = .add(words[1], address: words[2], port: port)
    case ("drain", 2): self = .drain(words[1])
    case ("remove", 2): self = .remove(words[1])
    case ("status", 1): self = .status
    default: return nil
    }
  }

  /// The line, without its end.
  public var description: String {
    switch self {
    case .add(let name, let address, let port): "add \(name) \(address) \(port)"
    case .drain(let name): "drain \(name)"
    case .remove(let name): "remove \(name)"
    case .status: "status"
    }
  }
}

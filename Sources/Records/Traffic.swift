/// The requests that a server gets during a trial.
public struct Traffic: Codable, Hashable, Sendable {
  /// The path of every request, such as `/api/1e6`.
  public var path: String
  /// The offered rate in requests per second. `nil` is a closed loop: a request per connection as soon as the last one was
  /// answered.
  public var rate: Double?
  /// The number of connections: the limit at an offered rate, the exact number in a closed loop.
  public var connections: Int
  /// The program that sends them, such as `wrk`; `nil` for `scaleup load`.
  public var generator: String?

  /// Creates the requests of a trial.
  public init(path: String = "/", rate: Double? = nil, connections: Int = 32, generator: String? = nil) {
    self.path = path
    self.rate = rate
    self.connections = connections
    self.generator = generator
  }

  /// The part of the measured time for which requests are sent before those that are measured.
  public static let warmUpShare = 0.2

  /// Returns the time for which requests are sent before those that are measured, in nanoseconds.
  public static func warmUp(of duration: UInt64) -> UInt64 { UInt64(warmUpShare * Double(duration)) }
}

extension ModelDescription.Workload {
  /// The workload of a model that serves: answering HTTP requests.
  public static let serve = Self(
    name: "serve", summary: "answer HTTP requests that come at a fixed rate", extent: .period)
}

extension ModelDescription {
  /// The workloads of trials: those that it computes, and `serve` if it is a server.
  public var allWorkloads: [Workload] { serves == true ? workloads + [.serve] : workloads }
}

extension Traffic: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(path, "path")
    bounds.number(rate, "rate")
    bounds.name(generator, "generator")
    bounds.require(connections, in: 1...Bounds.mostCount, "connections")
  }
}

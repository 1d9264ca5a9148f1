/// Everything that is asked of a load run.
public struct LoadSettings: Sendable {
  /// The server.
  public var target: LoadTarget
  /// The paths.
  public var paths: PathMix
  /// The method of the requests.
  public var method = LoadMethod.get
  /// The rule by which requests are due.
  public var pace: LoadPace
  /// The number of simultaneous connections: the most in an open loop, the exact number in a closed loop.
  public var connections: Int
  /// The measured duration in nanoseconds.
  public var duration: UInt64 = 10_000_000_000
  /// The duration of the warm-up, which is not measured, in nanoseconds.
  public var warmUp: UInt64 = 1_000_000_000
  /// The time after which a request fails, in nanoseconds. It counts from sending, or from opening its connection.
  public var timeout: UInt64 = 5_000_000_000
  /// The number of threads; no more are started than there are connections.
  public var threads = 1
  /// The seed of the arrivals.
  public var seed: UInt64 = 1
  /// Whether each request has a connection of its own.
  public var opensConnectionPerRequest = false

  /// The most connections.
  public static let mostConnections = 100_000
  /// The most threads.
  public static let mostThreads = 256
  /// The most connections in an open loop by default.
  public static let defaultConnections = 64

  /// Creates settings with the default durations, one thread and connections that are kept.
  public init(
    _ target: LoadTarget, paths: PathMix, pace: LoadPace, connections: Int = Self.defaultConnections
  ) {
    self.target = target
    self.paths = paths
    self.pace = pace
    self.connections = connections
  }

  /// The schedule of all threads; `nil` in a closed loop.
  var schedule: ArrivalSchedule? {
    switch pace {
    case .openLoop(let arrivals, let rate):
      ArrivalSchedule(arrivals, rate: rate, duration: warmUp + duration, seed: seed)
    case .traffic(let arrivals, let rates):
      ArrivalSchedule(arrivals, rates: rates, after: warmUp, duration: warmUp + duration, seed: seed)
    case .closedLoop: nil
    }
  }

  /// The mean of the asked rate over the measured time, in requests per second; `nil` in a closed loop.
  public var askedRate: Double? {
    switch pace {
    case .openLoop(_, let rate): rate.perSecond
    case .traffic(_, let rates): rates.mean(until: duration)
    case .closedLoop: nil
    }
  }

  /// The number of threads that are started.
  var usedThreads: Int { max(1, min(threads, connections)) }

  /// Returns the number of connections of a thread: as equal as possible.
  func connections(ofThread index: Int) -> Int {
    connections / usedThreads + (index < connections % usedThreads ? 1 : 0)
  }
}

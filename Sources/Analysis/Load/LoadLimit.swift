import Records

/// The reason that a load run could not send each request when it was due, or not as fast as the server would have answered.
public enum LoadLimit: Equatable, Sendable {
  /// A thread of the generator was busy for this share of the time. The run says little about the server.
  case generatorBusy(share: Double)
  /// 1 % of the requests were sent at least so many nanoseconds late although connections were free: the generator did not get
  /// a CPU in time.
  case generatorLate(UInt64)
  /// All connections were in use when this share of the requests was due: the server, or the number of connections, was the
  /// limit.
  case connections(share: Double)

  /// Whether the generator was the limit, so that the run is no measurement of the server.
  public var isGenerator: Bool {
    switch self {
    case .generatorBusy, .generatorLate: true
    case .connections: false
    }
  }
}

extension LoadRecord {
  /// The delay in nanoseconds above which requests count as late.
  private static let mostDelay: UInt64 = 1_000_000
  /// The share of the requests that may be late.
  private static let mostLate = 0.01

  /// The share of the measured time that the busiest thread of the generator used its CPU; `nil` if it is unknown.
  public var busiestThread: Double? {
    busiestThreadTime.map { Double($0) / Double(max(1, duration)) }
  }

  /// The CPU time of the generator per sent request, in nanoseconds; `nil` if none was sent.
  public var timePerRequest: Double? {
    sent > 0 ? Double(userTime + systemTime) / Double(sent) : nil
  }

  /// The limit of the run; `nil` if neither the generator nor the number of connections was one.
  ///
  /// A busy thread is a limit of a closed loop. In an open loop it is one only if requests were late: a thread that sends many
  /// requests per second sleeps less, and needs less CPU time for each, the more it has to do.
  public var limit: LoadLimit? {
    let delay = sendDelay?.time(atPercentile: 100 * (1 - Self.mostLate)) ?? 0
    let isLate = delay > Self.mostDelay
    if let busiestThread, busiestThread > Self.mostBusy, arrivals == nil || isLate {
      return .generatorBusy(share: busiestThread)
    }
    guard let queued, arrivals != nil, sent > 0 else { return nil }
    let rest = Double(unsent ?? 0)
    let share = (Double(queued) + rest) / (Double(sent) + rest)
    if share > Self.mostLate { return .connections(share: share) }
    return isLate ? .generatorLate(delay) : nil
  }
}

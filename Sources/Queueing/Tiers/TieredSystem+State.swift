extension TieredSystem {
  /// The state of a system with a number of active users.
  public struct State: Equatable, Sendable {
    /// The active users N.
    public let users: Double
    /// The answered requests per second, X.
    public let throughput: Double
    /// The mean time from a request to its answer in seconds, R = N / X − Z.
    public let response: Double
    /// The upper bound of the throughput: min(N / (Z + Σ D), min m / D).
    public let mostThroughput: Double
    /// The lower bound of the response that belongs to it.
    public let leastResponse: Double
  }

  /// The response of a request that waits nowhere, Σ D.
  public var leastResponse: Double { stations.reduce(0) { $0 + $1.demand } }

  /// The requests per second at which requests, not only jobs of a queue, wait without end; infinite if no request ever waits.
  private var mostThroughput: Double {
    stations.filter { $0.demand > 0 }.map(\.capacity).min() ?? .infinity
  }

  /// Returns the state with as many active users as would send requests at a rate if no request waited: N = rate × (Z + Σ D).
  public func state(rate: Double) -> State { state(users: rate * (thinkTime + leastResponse)) }

  /// Returns the state with a number of active users, by approximate mean value analysis.
  ///
  /// A request finds the queues of a system with one user less, and these are about (N − 1) / N of those with all users (Bard, "Some
  /// Extensions to Multiclass Queueing Network Analysis" (1979); Schweitzer, "Approximate Analysis of Multiclass Closed Networks of
  /// Queues" (1979)). For a single core, this makes the residence D / (1 − (N − 1) / N · X · D), the response of M/M/1 at (N − 1) / N of
  /// the throughput; for several cores, M/M/c takes its place. The equation N = X · (Z + Σ R(X)) is solved by bisection, so that the
  /// effort does not grow with the users.
  ///
  /// It is exact for one user and, as their number grows, below the bottleneck's capacity. Tests compare it with `ClosedNetwork`.
  ///
  /// - Parameter users: Above 0.
  public func state(users: Double) -> State {
    let stations = stations
    let (least, most) = (leastResponse, mostThroughput)
    let bound = min(users / (thinkTime + least), most)
    let others = max(0, 1 - 1 / users)
    func needed(_ throughput: Double) -> Double {
      throughput * stations.reduce(thinkTime) { $0 + $1.residence(rate: others * throughput) }
    }
    var (low, high) = (0.0, bound)
    if needed(high) > users {
      // As many halvings as the digits of a number.
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if needed(middle) > users { high = middle } else { low = middle }
      }
    }
    return State(
      users: users, throughput: high, response: max(least, users / high - thinkTime), mostThroughput: bound,
      leastResponse: max(least, users / most - thinkTime))
  }
}

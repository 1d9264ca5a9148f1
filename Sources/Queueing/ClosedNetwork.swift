/// A closed network of stations: each of N users thinks, and then sends one request through the stations.
///
/// It is solved exactly, as a network with a product form: stations in the order of arrival with exponential service, or
/// processor sharing with any service.
///
/// - Single servers by mean value analysis: a request finds the queue of a network with one user less (Reiser and Lavenberg,
///   "Mean-Value Analysis of Closed Multichain Queuing Networks", Journal of the ACM 27 (1980)).
/// - Stations with several servers by aggregation: the rest of the network is replaced by a server whose rate is the rest's
///   throughput, and the two form a birth-death process (Chandy, Herzog and Woo, "Parametric Analysis of Queuing Networks", IBM
///   Journal of Research and Development 19 (1975)). Unlike the recursion over marginal probabilities, it only adds positive
///   numbers, and so is stable for many servers.
public struct ClosedNetwork: Equatable, Sendable {
  /// A station.
  public struct Station: Equatable, Sendable {
    /// The service time that a request demands of it, over all its visits.
    public let demand: Double
    /// The number of equal servers.
    public let servers: Int

    /// Makes a station; `nil` unless it has a server and a demand above 0.
    public init?(demand: Double, servers: Int = 1) {
      guard demand > 0, demand.isFinite, servers > 0 else { return nil }
      (self.demand, self.servers) = (demand, servers)
    }

    /// Returns the completions per time with a number of requests.
    fileprivate func rate(_ requests: Int) -> Double { Double(min(requests, servers)) / demand }
  }

  /// The state of a network with a number of users.
  public struct Solution: Equatable, Sendable {
    /// The completed requests per time, X.
    public let throughput: Double
    /// The mean time from sending a request to its end, R = N / X − Z.
    public let responseTime: Double
    /// The mean number of requests at each station.
    public let requests: [Double]
    /// The utilization of a server of each station, X · D / m.
    public let utilizations: [Double]
  }

  /// The stations.
  public let stations: [Station]
  /// The mean time that a user thinks before the next request, Z.
  public let thinkTime: Double

  /// Makes a network; `nil` without stations and for a negative think time.
  public init?(stations: [Station], thinkTime: Double = 0) {
    guard !stations.isEmpty, thinkTime >= 0, thinkTime.isFinite else { return nil }
    (self.stations, self.thinkTime) = (stations, thinkTime)
  }

  /// The index of the station that limits the throughput: that of the greatest demand per server.
  public var bottleneck: Int {
    stations.indices.max { perServer($0) < perServer($1) } ?? 0
  }

  /// The upper bound of the throughput for any number of users, min m / D (Denning and Buzen, "The Operational Analysis of Queueing
  /// Network Models", Computing Surveys 10 (1978)).
  public var mostThroughput: Double { 1 / perServer(bottleneck) }

  /// Returns the upper bound of the throughput: min(N / (Z + Σ D), min m / D).
  public func mostThroughput(users: Int) -> Double {
    min(mostThroughput, Double(users) / (thinkTime + stations.reduce(0) { $0 + $1.demand }))
  }

  /// The number of users at which both bounds of the throughput meet, N* = (Z + Σ D) / max D/m. With more, requests queue.
  public var saturation: Double {
    (thinkTime + stations.reduce(0) { $0 + $1.demand }) / perServer(bottleneck)
  }

  private func perServer(_ station: Int) -> Double {
    stations[station].demand / Double(stations[station].servers)
  }

  /// Returns the state of the network. The time grows with the square of the users if stations have several servers.
  ///
  /// - Parameter users: At least 1.
  public func solution(users: Int) -> Solution {
    let throughputs = throughputs(of: Array(stations.indices), users: users)
    let throughput = throughputs[users]
    let requests = stations.indices.map { station in
      if stations[station].servers == 1 {
        return (1...users).reduce(0.0) { queue, n in throughputs[n] * stations[station].demand * (1 + queue) }
      }
      let others = self.throughputs(of: stations.indices.filter { $0 != station }, users: users)
      let marginal = marginal(of: stations[station], others: others, users: users)
      return marginal.indices.reduce(0.0) { $0 + Double($1) * marginal[$1] }
    }
    return Solution(
      throughput: throughput, responseTime: Double(users) / throughput - thinkTime, requests: requests,
      utilizations: stations.map { throughput * $0.demand / Double($0.servers) })
  }

  /// Returns the throughputs of the network of some stations for 0 to `users` users. A network of nothing has an infinite one.
  private func throughputs(of included: [Int], users: Int) -> [Double] {
    let demands = included.filter { stations[$0].servers == 1 }.map { stations[$0].demand }
    var queues = [Double](repeating: 0, count: demands.count)
    var throughputs = [0.0]
    for n in 1...users {
      let residence = zip(demands, queues).map { $0 * (1 + $1) }
      throughputs.append(Double(n) / (thinkTime + residence.reduce(0, +)))
      queues = residence.map { $0 * throughputs[n] }
    }
    for index in included where stations[index].servers > 1 {
      let station = stations[index]
      throughputs =
        [0]
        + (1...users).map { n in
          let marginal = marginal(of: station, others: throughputs, users: n)
          return (0...n).reduce(0.0) { $0 + marginal[$1] * station.rate($1) }
        }
    }
    return throughputs
  }

  /// Returns the probabilities of 0 to `users` requests at a station, from the throughputs of the rest of the network.
  private func marginal(of station: Station, others: [Double], users: Int) -> [Double] {
    var terms = [1.0]
    var sum = 1.0
    for n in 1...users {
      let arrivals = others[users - n + 1]
      // A rest without any delay sends every request here at once.
      if arrivals == .infinity {
        (terms, sum) = ([Double](repeating: 0, count: n) + [1], 1)
        continue
      }
      terms.append(terms[n - 1] * arrivals / station.rate(n))
      sum += terms[n]
      if sum > 1e200 {
        for index in terms.indices { terms[index] /= 1e200 }
        sum /= 1e200
      }
    }
    return terms.map { $0 / sum }
  }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A queue with Poisson arrivals, exponential service times and c equal servers, M/M/c, in the steady state.
///
/// Requests are served in the order of their arrival. Times have the unit of the service time.
///
/// Source of the formulas: Gross, Shortle, Thompson and Harris, "Fundamentals of Queueing Theory", 4th edition (2008), chapter 2.
public struct MultiServerQueue: Equatable, Sendable {
  /// The number of servers c, such as cores or machines.
  public let servers: Int
  /// The offered load a in Erlangs: arrivals per time × the mean service time.
  public let load: Double
  /// The mean service time S.
  public let serviceTime: Double
  /// The probability that a request is lost if none may wait: Erlang B.
  public let lossProbability: Double

  /// Makes a queue; `nil` without servers, for a negative load, a service time of 0, and for what is not a number.
  public init?(servers: Int, load: Double, serviceTime: Double = 1) {
    guard servers > 0, load >= 0, load.isFinite, serviceTime > 0, serviceTime.isFinite else { return nil }
    var chain = LossChain(load: load)
    while chain.servers < servers { chain.addServer() }
    self.init(chain, load: load, serviceTime: serviceTime)
  }

  private init(_ chain: LossChain, load: Double, serviceTime: Double) {
    servers = chain.servers
    lossProbability = 1 / chain.inverse
    (self.load, self.serviceTime) = (load, serviceTime)
  }

  /// Returns the queue with the fewest servers for which a condition holds; `nil` if none with at most `limit` does.
  ///
  /// - Parameter isMet: Whether a queue is good enough. Once it is, it must remain so with more servers.
  public static func least(
    load: Double, serviceTime: Double = 1, limit: Int, where isMet: (MultiServerQueue) -> Bool
  ) -> MultiServerQueue? {
    guard load >= 0, load < Double(limit), serviceTime > 0, serviceTime.isFinite else { return nil }
    var chain = LossChain(load: load)
    while chain.servers < limit {
      chain.addServer()
      if Double(chain.servers) <= load { continue }
      let queue = Self(chain, load: load, serviceTime: serviceTime)
      if isMet(queue) { return queue }
    }
    return nil
  }

  /// The mean utilization of a server: a / c, at most 1.
  public var utilization: Double { min(1, load / Double(servers)) }

  /// Whether the queue has a steady state: a < c.
  public var isStable: Bool { load < Double(servers) }

  /// The probability that a request waits, Erlang C: B / (1 − ρ (1 − B)) with ρ = a / c. It is 1 if the queue is unstable.
  public var waitProbability: Double {
    guard isStable else { return 1 }
    // 1 − ρ (1 − B) without a difference of almost equal numbers.
    return lossProbability / (spare / Double(servers) + load / Double(servers) * lossProbability)
  }

  /// The servers that are idle on average: c − a.
  private var spare: Double { Double(servers) - load }

  /// The mean time that a request waits, Wq = C · S / (c − a); infinite if the queue is unstable.
  public var meanWait: Double { isStable ? waitProbability * serviceTime / spare : .infinity }

  /// The mean time from the arrival to the end of the service, W = Wq + S.
  public var meanResponse: Double { meanWait + serviceTime }

  /// The mean number of waiting requests, Lq = λ · Wq.
  public var meanWaiting: Double { load / serviceTime * meanWait }

  /// The mean number of requests, waiting and in service: L = λ · W.
  public var meanRequests: Double { meanWaiting + load }

  /// Returns the probability that a request waits at most `time`: 1 − C · e^(−(c − a) t / S).
  public func probability(ofWaitUpTo time: Double) -> Double {
    guard isStable, time >= 0 else { return 0 }
    return 1 - waitProbability * exp(-spare * time / serviceTime)
  }

  /// Returns the time that a fraction of the requests wait at most, 0 for requests that do not wait; infinite if the queue is unstable.
  ///
  /// - Parameter fraction: At least 0 and below 1.
  public func wait(quantile fraction: Double) -> Double {
    guard isStable else { return .infinity }
    return max(0, log(waitProbability / (1 - fraction))) * serviceTime / spare
  }

  /// Returns the probability that the response takes longer than `time`.
  ///
  /// The response is the sum of the wait and an independent service time: e^(−t/S) · (1 + C · (1 − e^(−x)) · t / (S · x)) with
  /// x = (c − a − 1) · t / S, the convolution of both distributions in a form without cancellation.
  public func probability(ofResponseAbove time: Double) -> Double {
    guard isStable else { return 1 }
    if time <= 0 { return 1 }
    let t = time / serviceTime
    let x = (spare - 1) * t
    // (1 − e^(−x)) / x · e^(−t): by a difference if it keeps its digits, because e^(−x) alone can overflow.
    let shared: Double =
      if x == 0 { exp(-t) } else if x.magnitude < 1 { exp(-t) * -expm1(-x) / x } else {
        (exp(-t) - exp(-t - x)) / x
      }
    return min(1, exp(-t) + waitProbability * t * shared)
  }

  /// Returns the response time that a fraction of the requests do not exceed; infinite if the queue is unstable.
  ///
  /// - Parameter fraction: At least 0 and below 1.
  public func response(quantile fraction: Double) -> Double {
    guard isStable else { return .infinity }
    return time(atSurvival: 1 - fraction, from: meanResponse, probability(ofResponseAbove:))
  }
}

/// Erlang's loss system, grown by a server at a time.
///
/// 1 / B(c) = 1 + c / a · 1 / B(c − 1): sums of positive numbers, which keep their digits. An overflow is a probability of 0.
private struct LossChain {
  let load: Double
  private(set) var servers = 0
  /// 1 / B.
  private(set) var inverse = 1.0

  init(load: Double) { self.load = load }

  mutating func addServer() {
    servers += 1
    inverse = 1 + Double(servers) * inverse / load
  }
}

/// A queue with Poisson arrivals, one server and any distribution of the service time, M/G/1, in the steady state.
public struct GeneralServiceQueue: Equatable, Sendable {
  /// The arrivals per time, λ.
  public let rate: Double
  /// The mean service time, E[S].
  public let serviceTime: Double
  /// The second moment of the service time, E[S²]: 2 · E[S]² for exponential times, E[S]² for constant ones.
  public let secondMoment: Double

  /// Makes a queue; `nil` for negative or infinite values, and for a second moment below the square of the mean.
  public init?(rate: Double, serviceTime: Double, secondMoment: Double) {
    let isPossible = secondMoment >= serviceTime * serviceTime * (1 - 1e-12)
    guard rate >= 0, serviceTime > 0, isPossible, rate.isFinite, secondMoment.isFinite else { return nil }
    (self.rate, self.serviceTime, self.secondMoment) = (rate, serviceTime, secondMoment)
  }

  /// Makes the queue of measured service times, all equally probable; `nil` as above, and without times.
  public init?(rate: Double, serviceTimes: [Double]) {
    let count = Double(serviceTimes.count)
    self.init(
      rate: rate, serviceTime: serviceTimes.reduce(0, +) / count,
      secondMoment: serviceTimes.reduce(0) { $0 + $1 * $1 } / count)
  }

  /// The offered load ρ in Erlangs, the utilization of the server if it is below 1.
  public var load: Double { rate * serviceTime }

  /// The mean wait if requests are served in the order of arrival, Wq = λ E[S²] / (2 (1 − ρ)) (Pollaczek and Khinchine);
  /// infinite if the queue is unstable.
  public var meanWait: Double { load < 1 ? rate * secondMoment / (2 * (1 - load)) : .infinity }

  /// The mean response if requests are served in the order of arrival.
  public var meanResponse: Double { meanWait + serviceTime }

  /// The mean response if all requests share the server equally, W = S / (1 − ρ), whatever the distribution; infinite if the queue
  /// is unstable.
  public var meanSharedResponse: Double { meanSharedResponse(ofDemand: serviceTime) }

  /// Returns the mean response of the requests with a demand if all requests share the server: demand / (1 − ρ) (Sakata, Noguchi
  /// and Oizumi, Operations Research 19 (1971)).
  public func meanSharedResponse(ofDemand demand: Double) -> Double {
    load < 1 ? demand / (1 - load) : .infinity
  }
}

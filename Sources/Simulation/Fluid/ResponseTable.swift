import Queueing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The distribution of the response by formula, for the fluid model, as the responses of parts of the requests.
///
/// The response is the service time plus what a queue adds to it. Arrivals in turns, and demands that are not exponential, change
/// the addition of M/M/c by a factor: see `factor`. With sharing, the distribution of the demand does not change it.
struct ResponseTable {
  /// The ends of the parts. The common percentiles are in the middle of a part.
  private static let ends = [
    0, 0.15, 0.3, 0.45, 0.55, 0.65, 0.75, 0.825, 0.875, 0.925, 0.94, 0.96, 0.975, 0.985, 0.995, 0.9985,
    0.9995, 1,
  ]
  /// The parts, each with its middle and its weight.
  static let parts = zip(ends, ends.dropFirst()).map { (middle: ($0 + $1) / 2, weight: $1 - $0) }
  /// The greatest utilization for which formulas are used; above, a backlog grows.
  static let mostUtilization = 0.98
  /// The most cores whose sharing is computed exactly; with more, it differs little from the order of arrival.
  private static let mostSharedCores = 16

  /// The addition of a queue to the service time.
  private struct Addition {
    var times: [Double]
    var waiting: Double

    func moved(towards other: Addition, by part: Double) -> Addition {
      Addition(
        times: zip(times, other.times).map { $0 + part * ($1 - $0) },
        waiting: waiting + part * (other.waiting - waiting))
    }
  }

  private struct Key: Hashable {
    var cores: Int
    var utilization: Int
  }

  private let served: ServedDemand
  /// The service time of each part.
  private let service: [Double]
  private let exponential: [Double]
  private var additions: [Key: Addition] = [:]

  init(_ served: ServedDemand) {
    self.served = served
    let mean = served.demand.mean
    service = Self.parts.map { served.demand.quantile($0.middle) }
    exponential = Self.parts.map { ServiceDemand.exponential(mean: mean).quantile($0.middle) }
  }

  /// Returns the response of each part of the requests, and the mean number that waits for a core, at a number of instances and a
  /// utilization.
  mutating func responses(instances: Int, utilization: Double) -> (times: [Double], waiting: Double) {
    let addition: Addition
    var queues = 1
    switch served.balancing {
    case .central:
      addition = self.addition(cores: served.cores * instances, utilization)
    case .roundRobin:
      addition = self.addition(cores: served.cores, utilization)
      queues = instances
    case .leastOutstanding:
      let single = self.addition(cores: served.cores, utilization)
      let pooled = instances == 1 ? single : self.addition(cores: served.cores * instances, utilization)
      addition = pooled.moved(towards: single, by: Self.separation(of: instances))
    }
    let factor = factor(arrivals: 1 / Double(queues), utilization: utilization)
    return (
      zip(service, addition.times).map { $0 + factor * $1 }, factor * Double(queues) * addition.waiting
    )
  }

  /// The part of the way from one queue for all cores to independent queues at which instances are if requests go to those with the
  /// fewest unanswered ones. It was fitted to simulations of every request; percentiles are then within 10 % below a utilization
  /// of 80 %.
  private static func separation(of instances: Int) -> Double { 0.2 / pow(Double(instances), 0.7) }

  /// Returns the factor by which the wait differs from that of M/M/c: (ca² + cs²) / 2, less for regular arrivals (Krämer and
  /// Langenbach-Belz, "Approximate Formulae for the Delay in the Queueing System GI/G/1", 8th International Teletraffic Congress
  /// (1976)).
  ///
  /// - Parameter arrivals: The squared coefficient of variation of the gaps, ca². Of n instances in turns, it is 1/n.
  private func factor(arrivals: Double, utilization: Double) -> Double {
    let sum = arrivals + (served.discipline == .sharing ? 1 : served.demand.variation)
    guard arrivals < 1, sum > 0, utilization > 0 else { return sum / 2 }
    let regularity = (1 - arrivals) * (1 - arrivals) / (3 * utilization * sum)
    return sum / 2 * exp(-2 * (1 - min(1, utilization)) * regularity)
  }

  /// Returns the addition of M/M/c to the service time.
  private mutating func addition(cores: Int, _ utilization: Double) -> Addition {
    // Steps of 0.1 % are far below what the formulas are worth.
    let step = Int((min(utilization, Self.mostUtilization) * 1000).rounded())
    let key = Key(cores: cores, utilization: step)
    if let known = additions[key] { return known }
    let addition = computedAddition(cores: cores, utilization: Double(step) / 1000)
    if additions.count > 20_000 { additions.removeAll() }
    additions[key] = addition
    return addition
  }

  private func computedAddition(cores: Int, utilization: Double) -> Addition {
    guard
      let queue = MultiServerQueue(
        servers: cores, load: utilization * Double(cores), serviceTime: served.demand.mean)
    else { return Addition(times: Self.parts.map { _ in 0 }, waiting: 0) }
    var times = Self.parts.map { queue.response(quantile: $0.middle) }
    if served.discipline == .sharing, cores <= Self.mostSharedCores,
      let responses = ProcessorSharing(queue).responses(downTo: 2e-4)
    {
      times = Self.parts.map { responses.quantile($0.middle) }
    }
    return Addition(times: zip(times, exponential).map { max(0, $0 - $1) }, waiting: queue.meanWaiting)
  }
}

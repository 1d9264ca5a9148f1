import Autoscaling
import Formatting
import Records
import Report
import Simulation

/// A simulated service of a lesson: equal instances under traffic that is given minute by minute.
///
/// Every request is simulated, with a fixed seed, so a lesson shows the same numbers on every machine.
struct SimulatedService {
  /// The seed of arrivals and demands.
  static let seed: UInt64 = 1

  /// The instances and what may happen to them.
  var group: ServiceGroup
  /// The requests per second in each minute.
  let rates: [Double]

  /// Makes a service with the 95th percentile as its objective.
  ///
  /// - Parameter objective: The greatest response time in seconds.
  init(cores: Int, demand: ServiceDemand, objective: Double = .infinity, rates: [Double]) {
    group = ServiceGroup(ServedDemand(cores: cores, demand: demand, objective: objective))
    self.rates = rates
  }

  /// Simulates the service under a policy.
  ///
  /// - Parameter initial: The instances at the start.
  func outcome(of policy: Policy, initial: Int) -> SimulationRecord.Policy {
    guard let rates = ArrivalRates(interval: 60, rates: rates) else {
      preconditionFailure("the traffic of a lesson has a rate for each minute")
    }
    return GroupSimulation(
      group, policy, rates, initial: initial, seed: Self.seed, depth: .requests
    ).run()
  }

  /// The assumptions as a sentence, which says that nothing of it was measured.
  ///
  /// - Parameters:
  ///   - job: The word for a request.
  ///   - machines: The instances (default: their cores, their start-up and their health checks).
  func assumptions(job: String = "request", machines: String? = nil) -> Passage {
    let demand = group.served.demand
    let kind = demand.variation == 0 ? "the same for each" : "exponential"
    let instances =
      "\(Readable.count(group.served.cores, "core")) per instance, \(startUp) from its launch until it can answer, a health check "
      + "every \(Readable.plain(group.checkInterval)) s"
    return .paragraph(
      "Simulated, not measured: every \(job), Poisson arrivals (seed \(Self.seed)), "
        + "\(Readable.duration(nanoseconds: demand.mean * 1e9)) of CPU time per \(job) (\(kind)), \(machines ?? instances)."
    )
  }

  /// The start-up of an instance, such as `60 s`.
  var startUp: String { lessonTime(seconds: group.startUp) }
}

/// Returns a time such as `15 s` or `2.5 min`.
func lessonTime(seconds: Double) -> String {
  switch seconds {
  case ..<1: Readable.duration(nanoseconds: seconds * 1e9)
  case ..<120: "\(Readable.plain((seconds * 10).rounded() / 10)) s"
  default: "\(Readable.plain((seconds / 6).rounded() / 10)) min"
  }
}

extension SimulationRecord.Policy {
  /// The greatest number of desired instances in its timeline.
  var mostDesired: Int { timeline.map(\.desired).max() ?? 0 }

  /// The greatest number of requests that waited at the end of a minute.
  var longestQueue: Double { timeline.map(\.queue).max() ?? 0 }

  /// The response at the percentile of the objective, such as `40.12 ms`.
  var responseText: String { response.map { Readable.duration(nanoseconds: Double($0)) } ?? "-" }

  /// Returns a strip of a number of instances or requests, minute by minute.
  func strip(
    _ label: String, upTo most: Int? = nil, _ value: (SimulationRecord.Point) -> Double
  ) -> TextStrips.Strip {
    .init(label, timeline.map(value), upTo: most.map { Double($0) }) { Readable.grouped($0.rounded()) }
  }

  /// The strip of the requests per second.
  var trafficStrip: TextStrips.Strip { strip("requests/s") { $0.rate } }

  /// The strip of the utilization, up to 100 %.
  var utilizationStrip: TextStrips.Strip {
    .init("utilization", timeline.map(\.utilization), upTo: 1) {
      "\(Readable.fixed(100 * $0, decimals: 0)) %"
    }
  }

  /// The right end of its strips.
  var end: String { lessonTime(seconds: timeline.last?.time ?? 0) }
}

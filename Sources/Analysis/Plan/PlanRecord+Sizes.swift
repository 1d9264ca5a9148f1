import Queueing
import Records

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension PlanRecord {
  /// The most instances of a plan.
  public static let mostInstances = 10_000_000
  /// The greatest load in cores for which the wait is computed exactly.
  private static let mostExactLoad = 1e6

  /// Adds a size: how many instances it takes for the peak of the traffic, and what they cost.
  ///
  /// - Throws: `PlanError` if no number of instances is enough.
  public mutating func add(_ size: PlannedSize) throws(PlanError) {
    let work = InstanceWork(size, rate: traffic.peak)
    guard let rule = SquareRootStaffing(waitProbability: waitProbability) else { return }
    let target = target
    let byUtilization = try work.estimate { $0.load / (target * size.effectiveCores) }
    let bySquareRoot = try work.estimate { rule.servers(forLoad: $0.load) / size.effectiveCores }
    var objectiveCount: Estimate?
    if let objective {
      objectiveCount = try work.estimate { (part: InstanceWork.Part) throws(PlanError) in
        Double(try part.instances(of: size, objective))
      }
    }
    let planned = objectiveCount ?? byUtilization
    var planSize = Size(
      name: size.name, cores: size.cores, demand: size.demand, demandSource: size.demandSource, law: size.law,
      effectiveCores: size.effectiveCores, load: work.load, byUtilization: byUtilization,
      bySquareRoot: bySquareRoot, instances: planned.adding(1))
    planSize.byObjective = objectiveCount
    if work.load.upper ?? work.load.value <= Self.mostExactLoad {
      let waitProbability = waitProbability
      planSize.byWait = try work.estimate { part in
        let least = MultiServerQueue.least(load: part.load, limit: Self.mostInstances) {
          $0.waitProbability <= waitProbability
        }
        return Double(least?.servers ?? 0) / size.effectiveCores
      }
    }
    if let capacity = size.capacity {
      let counts = [capacity.rate.lowerBound, capacity.rate.upperBound].map {
        (traffic.peak / $0).rounded(.up)
      }
      planSize.byCapacity = Estimate(max(1, counts[0]), lower: max(1, counts[1]), upper: max(1, counts[0]))
    }
    planSize.price = size.price
    planSize.monthlyCost = size.price.map { $0 * planSize.instances.value * month / 3600 }
    if let serverless, let price = size.price, serverless.pricePerRequest > 0 {
      planSize.breakEvenRate = planSize.instances.scaled(by: price / 3600 / serverless.pricePerRequest)
    }
    sizes.append(planSize)
  }
}

/// The work of a rate of requests, for the demand and both ends of its interval.
private struct InstanceWork {
  /// The work at one demand.
  struct Part {
    let rate: Double
    /// The demand in seconds.
    let demand: Double

    /// The offered load in cores.
    var load: Double { rate * demand }

    /// Returns the least number of instances that meet an objective, if each gets an equal part of the requests at random.
    ///
    /// An instance is a queue M/M/c whose cores are shared (processor sharing, exponential demands); a scaling law makes each core
    /// slower.
    ///
    /// - Throws: `PlanError`.
    func instances(of size: PlannedSize, _ objective: LatencyObjective) throws(PlanError) -> Int {
      let slowed = demand * Double(size.cores) / size.effectiveCores
      let fraction = objective.percentile / 100
      let limit = Double(objective.time) / 1e9
      let alone = -log(1 - fraction) * slowed
      if alone > limit { throw .unreachable(size: size.name, alone: alone * 1e9, objective: objective) }
      func isMet(_ count: Int) -> Bool {
        let load = rate * slowed / Double(count)
        guard load < 0.995 * Double(size.cores),
          let queue = MultiServerQueue(servers: size.cores, load: load, serviceTime: slowed)
        else { return false }
        return Self.response(queue, fraction) <= limit
      }
      var (low, high) = (0, max(1, Int(min(1e12, rate * slowed / Double(size.cores)))))
      while !isMet(high) {
        (low, high) = (high, 2 * high)
        if high > 4 * PlanRecord.mostInstances { throw .tooManyInstances(size: size.name) }
      }
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if isMet(middle) { high = middle } else { low = middle }
      }
      return high
    }

    /// The most cores whose sharing is computed exactly; with more, it differs little from the order of arrival.
    private static let mostSharedCores = 64

    private static func response(_ queue: MultiServerQueue, _ fraction: Double) -> Double {
      if queue.servers > mostSharedCores { return queue.response(quantile: fraction) }
      return ProcessorSharing(queue).responses(downTo: 1 - fraction)?.quantile(fraction) ?? .infinity
    }
  }

  private let size: PlannedSize
  private let rate: Double

  init(_ size: PlannedSize, rate: Double) { (self.size, self.rate) = (size, rate) }

  /// The offered load in cores.
  var load: PlanRecord.Estimate {
    let demand = size.demand
    return .init(
      rate * demand.value / 1e9, lower: demand.lower.map { rate * $0 / 1e9 },
      upper: demand.upper.map { rate * $0 / 1e9 })
  }

  /// Returns a number of instances, at least 1 and rounded up, for the demand and both ends of its interval.
  func estimate(_ count: (Part) throws(PlanError) -> Double) throws(PlanError) -> PlanRecord.Estimate {
    func whole(_ demand: Double) throws(PlanError) -> Double {
      let exact = try count(Part(rate: rate, demand: demand / 1e9))
      // A count that exceeds a whole number by its rounding error is that number.
      let rounded = max(1, (exact * (1 - 1e-12)).rounded(.up))
      if rounded > Double(PlanRecord.mostInstances) { throw .tooManyInstances(size: size.name) }
      return rounded
    }
    let value = try whole(size.demand.value)
    guard let lower = size.demand.lower, let upper = size.demand.upper else { return .init(value) }
    return .init(value, lower: try whole(lower), upper: try whole(upper))
  }
}

extension PlanRecord.Estimate {
  fileprivate func scaled(by factor: Double) -> Self {
    Self(factor * value, lower: lower.map { factor * $0 }, upper: upper.map { factor * $0 })
  }

  fileprivate func adding(_ count: Double) -> Self {
    Self(value + count, lower: lower.map { $0 + count }, upper: upper.map { $0 + count })
  }
}

extension PlanRecord: Bounded {
  /// The reason that a decoded record is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? { Bounds(self).problem }

  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.seconds(month, "month")
    bounds.nested(traffic, "traffic")
    bounds.nested(storage, "storage")
    bounds.nested(objective, "objective")
    bounds.require(target, in: 0...1, "target")
    bounds.require(waitProbability, in: 0...1, "waitProbability")
    bounds.facts(sizes, "sizes")
    bounds.each(sizes, "sizes")
    bounds.nested(serverless, "serverless")
    bounds.nested(simulation, "simulation")
    bounds.nested(system, "system")
  }
}

extension Bounds {
  /// Checks a quantity of a plan: requests, bytes, nanoseconds or money.
  mutating func quantity(_ value: Double?, _ name: String) {
    require(value, in: 0...1e30, name)
  }

  /// Checks a length of simulated time in seconds, at most some centuries.
  fileprivate mutating func seconds(_ value: Double?, _ name: String) {
    require(value, in: 0...1e10, name)
  }
}

extension PlanRecord.Estimate: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.quantity(value, "value")
    bounds.quantity(lower, "lower")
    bounds.quantity(upper, "upper")
  }
}

extension PlanRecord.Traffic: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.facts(amounts, "amounts")
    bounds.each(amounts, "amounts") { bounds, amount in
      bounds.name(amount.name, "name")
      bounds.name(amount.unit, "unit")
      bounds.quantity(amount.count, "count")
      bounds.quantity(amount.rate, "rate")
    }
    bounds.quantity(users, "users")
    bounds.name(shape, "shape")
    bounds.quantity(mean, "mean")
    bounds.quantity(peak, "peak")
    bounds.quantity(peakFactor, "peakFactor")
  }
}

extension PlanRecord.Storage: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.quantity(bytesPerWrite, "bytesPerWrite")
    bounds.quantity(perMonth, "perMonth")
    bounds.quantity(inThreeYears, "inThreeYears")
  }
}

extension PlanRecord.Serverless: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.quantity(pricePerRequest, "pricePerRequest")
    bounds.quantity(requestsPerMonth, "requestsPerMonth")
    bounds.quantity(monthlyCost, "monthlyCost")
  }
}

extension PlanRecord.Size: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.name(demandSource, "demandSource")
    bounds.require(cores, in: 1...Bounds.mostCount, "cores")
    bounds.quantity(law?.alpha, "law.alpha")
    bounds.quantity(law?.beta, "law.beta")
    bounds.quantity(effectiveCores, "effectiveCores")
    let estimates: [(name: String, estimate: PlanRecord.Estimate?)] = [
      ("demand", demand), ("load", load), ("byUtilization", byUtilization), ("byObjective", byObjective),
      ("byCapacity", byCapacity), ("byWait", byWait), ("bySquareRoot", bySquareRoot),
      ("instances", instances), ("breakEvenRate", breakEvenRate),
    ]
    for (name, estimate) in estimates { bounds.nested(estimate, name) }
    bounds.quantity(price, "price")
    bounds.quantity(monthlyCost, "monthlyCost")
  }
}

extension SimulationRecord: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(depth, "depth")
    bounds.seconds(duration, "duration")
    bounds.require(cores, in: 1...Bounds.mostCount, "cores")
    bounds.quantity(demand, "demand")
    bounds.facts(assumptions, "assumptions")
    bounds.each(assumptions, "assumptions") { $0.name($1, "") }
    bounds.nested(objective, "objective")
    bounds.facts(policies, "policies")
    bounds.each(policies, "policies")
  }
}

extension SimulationRecord.Policy: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    let counts = [
      ("minutes", minutes), ("minutesOutside", minutesOutside), ("actions", actions),
      ("failures", failures), ("endedBeforeReady", endedBeforeReady), ("mostInService", mostInService),
      ("untraced", untraced),
    ]
    for (name, count) in counts { bounds.count(count, name) }
    if let overloaded { bounds.count(overloaded, "overloaded") }
    let quantities: [(String, Double?)] = [
      ("requests", requests), ("late", late), ("lost", lost), ("unanswered", unanswered),
      ("instanceHours", instanceHours), ("cost", cost),
    ]
    for (name, quantity) in quantities { bounds.quantity(quantity, name) }
    bounds.amount(response, "response")
    bounds.each(timeline, "timeline")
    bounds.each(trace, "trace")
  }
}

extension SimulationRecord.Point: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.seconds(time, "time")
    bounds.quantity(rate, "rate")
    bounds.count(desired, "desired")
    bounds.count(inService, "inService")
    bounds.count(starting, "starting")
    bounds.count(draining, "draining")
    bounds.number(utilization, "utilization")
    bounds.amount(response, "response")
    bounds.quantity(queue, "queue")
  }
}

extension SimulationRecord.Decision: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.seconds(time, "time")
    bounds.number(utilization, "utilization")
    bounds.quantity(queue, "queue")
    bounds.count(current, "current")
    bounds.require(wanted, in: -Bounds.mostCount...Bounds.mostCount, "wanted")
    bounds.name(limitedBy, "limitedBy")
    bounds.count(desired, "desired")
    bounds.name(reason, "reason")
  }
}

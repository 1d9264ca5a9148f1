extension CapacityRecord: Bounded {
  /// The requests per second that anything is computed with. Speedups divide by them.
  fileprivate static let rates = 0.001...Double(Bounds.mostCount)

  /// The reason that a decoded record is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? { Bounds(self).problem }

  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.name(host, "host")
    bounds.date(startedAt, "startedAt")
    bounds.nested(passport, "passport")
    bounds.nested(objective, "objective")
    bounds.name(path, "path")
    bounds.require(connections, in: 1...Bounds.mostCount, "connections")
    bounds.require(duration, in: 1...Bounds.mostAmount, "duration")
    bounds.facts(services, "services")
    bounds.each(services, "services")
  }
}

extension CapacityRecord.Service: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(model, "model")
    bounds.require(workers, in: 1...Bounds.mostCount, "workers")
    bounds.require(low, in: CapacityRecord.rates, "low")
    bounds.require(high, in: CapacityRecord.rates, "high")
    if let low, let high, low > high { bounds.require(high, in: low...low, "high") }
    bounds.facts(tries, "tries")
    bounds.each(tries, "tries")
  }
}

extension CapacityRecord.Try: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.require(rate, in: CapacityRecord.rates, "rate")
    bounds.amount(latency, "latency")
    bounds.number(achievedRate, "achievedRate")
    bounds.number(serverCores, "serverCores")
    bounds.number(generatorCores, "generatorCores")
    bounds.number(stolenCores, "stolenCores")
  }
}

extension LatencyObjective: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.require(percentile, in: 0...100, "percentile")
    bounds.amount(time, "time")
  }
}

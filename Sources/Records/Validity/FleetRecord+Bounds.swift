extension FleetRecord: Bounded {
  /// The most entries of a list: samples, four a second for three days.
  fileprivate static let mostEntries = 1_000_000
  /// The most bytes of a policy.
  fileprivate static let longestPolicy = 1 << 20
  /// The most instances of a group: each is a process.
  public static let mostInstances = 200

  /// The reason that a decoded record is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? {
    Bounds(self).problem ?? settings.contradiction ?? load?.contradiction.map { "\($0) in 'load'" }
  }

  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.name(host, "host")
    bounds.date(startedAt, "startedAt")
    bounds.nested(settings, "settings")
    bounds.amount(duration, "duration")
    let lengths = [
      ("points", points.count), ("decisions", decisions.count), ("events", events.count),
      ("instances", instances.count),
    ]
    for (name, length) in lengths { bounds.require(length, in: 0...Self.mostEntries, name) }
    var last: UInt64 = 0
    bounds.each(points, "points") { bounds, point in
      point.check(&bounds)
      // Bounded, so that the range is one even if the values are not.
      bounds.require(point.time, in: min(last, Bounds.mostAmount)...Bounds.mostAmount, "time")
      last = point.time
    }
    bounds.each(decisions, "decisions")
    bounds.each(events, "events")
    bounds.each(instances, "instances")
    bounds.nested(front, "front")
    bounds.nested(load, "load")
    bounds.name(failure, "failure")
  }
}

extension FleetRecord.Settings: Bounded {
  /// Sizes that contradict each other, as a predicate; `nil` if they do not.
  fileprivate var contradiction: String? {
    if min <= desired, desired <= max { return nil }
    return
      "has the sizes min \(min), desired \(desired) and max \(max) in 'settings' (expected min ≤ desired ≤ max)"
  }

  func check(_ bounds: inout Bounds) {
    let names: [(String?, String)] = [
      (model, "model"), (policy, "policy"), (front, "front"), (balancing, "balancing"), (path, "path"),
      (traffic, "traffic"),
    ]
    for (text, name) in names { bounds.name(text, name) }
    bounds.require(policyFile.utf8.count, in: 0...FleetRecord.longestPolicy, "policyFile")
    bounds.require(workers, in: 1...Bounds.mostCount, "workers")
    bounds.require(share, in: 1e-6...Double(Bounds.mostCount), "share")
    for (count, name) in [(min, "min"), (desired, "desired"), (max, "max")] {
      bounds.require(count, in: 0...FleetRecord.mostInstances, name)
    }
    for (count, name) in [(rise, "rise"), (fall, "fall")] {
      bounds.require(count, in: 1...Bounds.mostCount, name)
    }
    bounds.require(timeScale, in: 1e-6...1e6, "timeScale")
    for (time, name) in [(startUp, "startUp"), (grace, "grace"), (drain, "drain")] {
      bounds.amount(time, name)
    }
    let intervals: [(UInt64?, String)] = [
      (checkInterval, "checkInterval"), (checkTimeout, "checkTimeout"), (rateInterval, "rateInterval"),
    ]
    for (time, name) in intervals { bounds.require(time, in: 1...Bounds.mostAmount, name) }
    bounds.require(rates?.count, in: 0...FleetRecord.mostEntries, "rates")
    bounds.each(rates, "rates") { $0.quantity($1, "") }
    bounds.nested(objective, "objective")
  }
}

extension FleetRecord.Point: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.amount(time, "time")
    bounds.quantity(rate, "rate")
    bounds.amount(failed, "failed")
    bounds.amount(latency, "latency")
    let counts = [
      (desired, "desired"), (inService, "inService"), (starting, "starting"), (draining, "draining"),
      (unhealthy, "unhealthy"),
    ]
    for (count, name) in counts { bounds.count(count, name) }
    bounds.number(utilization, "utilization")
    bounds.nested(jobs, "jobs")
  }
}

extension FleetRecord.Decision: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.nested(sample, "sample")
    bounds.count(desired, "desired")
    bounds.count(wanted, "wanted")
    bounds.name(limitedBy, "limitedBy")
    bounds.name(reason, "reason")
  }
}

extension GroupSample: Bounded {
  /// A time in the policy's seconds. An instance may have been launched before the origin.
  private static let times = -1e15...1e15

  func check(_ bounds: inout Bounds) {
    bounds.require(time, in: 0...1e15, "time")
    bounds.count(current, "current")
    bounds.count(warming, "warming")
    bounds.quantity(utilization, "utilization")
    bounds.quantity(requestsPerInstance, "requestsPerInstance")
    bounds.quantity(queue, "queue")
    bounds.count(running, "running")
    bounds.require(instances.count, in: 0...100_000, "instances")
    bounds.each(instances, "instances") { bounds, instance in
      bounds.name(instance.name, "name")
      bounds.number(instance.usedCores, "usedCores")
      bounds.number(instance.cores, "cores")
      bounds.require(instance.launched, in: Self.times, "launched")
      bounds.require(instance.changed, in: Self.times, "changed")
    }
  }
}

extension FleetRecord.Event: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.amount(time, "time")
    bounds.name(instance, "instance")
    bounds.name(detail, "detail")
  }
}

extension FleetRecord.Instance: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.count(template, "template")
    bounds.name(reason, "reason")
    let amounts: [(UInt64?, String)] = [
      (launched, "launched"), (inService, "inService"), (startDelay, "startDelay"), (ended, "ended"),
      (answered, "answered"), (failed, "failed"), (cpuTime, "cpuTime"),
    ]
    for (amount, name) in amounts { bounds.amount(amount, name) }
  }
}

extension FrontStatus: Bounded {
  func check(_ bounds: inout Bounds) {
    let amounts: [(UInt64?, String)] = [
      (time, "time"), (requests, "requests"), (answered, "answered"), (failed, "failed"),
      (cpuTime, "cpuTime"),
    ]
    for (amount, name) in amounts { bounds.amount(amount, name) }
    bounds.nested(jobs, "jobs")
    bounds.name(problem, "problem")
    bounds.require(targets.count, in: 0...100_000, "targets")
    bounds.each(targets, "targets") { bounds, target in
      bounds.name(target.name, "name")
      bounds.name(target.problem, "problem")
      bounds.amount(target.since, "since")
      bounds.count(target.inFlight, "inFlight")
      bounds.amount(target.answered, "answered")
      bounds.amount(target.failed, "failed")
    }
  }
}

extension FrontStatus.Jobs: Bounded {
  func check(_ bounds: inout Bounds) {
    let counts = [
      (waiting, "waiting"), (running, "running"), (done, "done"), (redelivered, "redelivered"),
    ]
    for (count, name) in counts { bounds.count(count, name) }
    bounds.count(failed, "failed")
  }
}

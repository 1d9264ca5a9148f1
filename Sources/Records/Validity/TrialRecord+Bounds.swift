extension TrialRecord: Bounded {
  /// The reason that a decoded report is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? { Bounds(self).problem ?? traffic?.contradiction }

  func check(_ bounds: inout Bounds) {
    bounds.name(instructionSet, "instructionSet")
    bounds.count(workers, "workers")
    bounds.count(placedCPUs, "placedCPUs")
    bounds.count(threadsPerRank, "threadsPerRank")
    bounds.name(operation, "operation")
    bounds.amount(size, "size")
    bounds.amount(duration, "duration")
    bounds.count(load, "load")
    bounds.amount(region, "region")
    bounds.each(regions, "regions") { $0.amount($1) }
    bounds.amount(peakMemory, "peakMemory")
    bounds.each(shares, "shares")
    bounds.each(restarts, "restarts")
    bounds.each(hosts, "hosts")
    bounds.nested(traffic, "traffic")
    bounds.count(leftBehind, "leftBehind")
  }
}

extension Share: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(worker, "worker")
    bounds.amount(begin, "begin")
    bounds.amount(end, "end")
    bounds.amount(cpuTime, "cpuTime")
    bounds.count(core, "core")
    bounds.amount(peakMemory, "peakMemory")
    bounds.count(host, "host")
    bounds.amount(arrival, "arrival")
    bounds.amount(communication, "communication")
  }
}

extension Restart: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(worker, "worker")
    bounds.count(region, "region")
    bounds.amount(at, "at")
    bounds.amount(lost, "lost")
  }
}

extension HostUse: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.count(ranks, "ranks")
    bounds.count(cores, "cores")
    bounds.amount(cpuTime, "cpuTime")
    let mostOffset = Int(Bounds.mostAmount)
    bounds.require(clockOffset, in: -mostOffset...mostOffset, "clockOffset")
    bounds.amount(clockError, "clockError")
  }
}

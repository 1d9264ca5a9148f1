extension Passport: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(onlineCPUs, "onlineCPUs")
    bounds.count(affinityCPUs, "affinityCPUs")
    bounds.number(quotaCPUs, "quotaCPUs")
    bounds.count(effectiveCPUs, "effectiveCPUs")
    bounds.facts(caches, "caches")
    bounds.each(caches, "caches")
    bounds.amount(memory, "memory")
    bounds.facts(processorDetails?.vectorSets, "processorDetails.vectorSets")
    bounds.count(cpusetCPUs, "cpusetCPUs")
    bounds.facts(quotas, "quotas")
    bounds.each(quotas, "quotas")
    bounds.count(taskPoolWidth, "taskPoolWidth")
    bounds.facts(bindingLimits, "bindingLimits")
    bounds.nested(topology, "topology")
    bounds.nested(clocks, "clocks")
    bounds.nested(load, "load")
    bounds.nested(energy, "energy")
    bounds.amount(throttledPeriods, "throttledPeriods")
    bounds.facts(warnings, "warnings")
  }
}

extension Passport.Cache: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(level, "level")
    bounds.amount(size, "size")
    bounds.count(sharedBy, "sharedBy")
    bounds.count(cpus, "cpus")
  }
}

extension Passport.Topology: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(sockets, "sockets")
    bounds.count(physicalCores, "physicalCores")
    bounds.count(usableCores, "usableCores")
    bounds.count(threadsPerCore, "threadsPerCore")
    bounds.count(nodes, "nodes")
    bounds.facts(kinds, "kinds")
    bounds.each(kinds, "kinds")
  }
}

extension Passport.CoreKind: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(cpus, "cpus")
    bounds.count(maximumFrequency, "maximumFrequency")
  }
}

extension Passport.Clocks: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.facts(governors, "governors")
    bounds.count(minimum, "minimum")
    bounds.count(maximum, "maximum")
    bounds.count(hardwareMaximum, "hardwareMaximum")
  }
}

extension Passport.Quota: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(version, "version")
    bounds.count(depth, "depth")
    bounds.number(cpus, "cpus")
  }
}

extension Passport.Load: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.facts(averages, "averages")
    bounds.each(averages, "averages") { $0.number($1) }
    bounds.number(busyCores, "busyCores")
    bounds.number(stolenCores, "stolenCores")
    bounds.nested(idlePower, "idlePower")
  }
}

extension Passport.IdlePower: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.number(watts, "watts")
    bounds.number(busyCores, "busyCores")
  }
}

extension Passport.Energy: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.facts(counters, "counters")
    bounds.each(counters, "counters") { $0.name($1, "") }
    bounds.name(reason, "reason")
  }
}

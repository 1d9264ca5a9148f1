extension RunRecord: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.name(host, "host")
    bounds.date(startedAt, "startedAt")
    bounds.each(resumedAt, "resumedAt") { $0.date($1) }
    bounds.nested(passport, "passport")
    bounds.nested(plan, "plan")
    bounds.each(trials, "trials")
    bounds.each(mergedFrom, "mergedFrom")
  }
}

extension RunRecord.Part: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.date(startedAt, "startedAt")
    bounds.count(rounds, "rounds")
    bounds.count(warmUps, "warmUps")
  }
}

extension Plan: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.each(configurations, "configurations")
    bounds.count(trials, "trials")
    bounds.count(warmUps, "warmUps")
    bounds.number(precision, "precision")
    bounds.amount(budget, "budget")
    bounds.number(mostForeignLoad, "mostForeignLoad")
  }
}

extension Configuration: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(model, "model")
    bounds.name(workload, "workload")
    bounds.name(kernel, "kernel")
    bounds.count(workers, "workers")
    bounds.count(threadsPerRank, "threadsPerRank")
    bounds.name(schedule, "schedule")
    bounds.name(placement, "placement")
    bounds.name(operation, "operation")
    bounds.amount(size, "size")
    bounds.amount(duration, "duration")
    bounds.count(load, "load")
    bounds.count(repetitions, "repetitions")
    bounds.nested(traffic, "traffic")
    bounds.nested(command, "command")
  }
}

extension Trial: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.count(round, "round")
    bounds.nested(process, "process")
    bounds.nested(report, "report")
  }
}

extension ProcessRecord: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.amount(wall, "wall")
    bounds.amount(userTime, "userTime")
    bounds.amount(systemTime, "systemTime")
    bounds.amount(voluntaryContextSwitches, "voluntaryContextSwitches")
    bounds.amount(involuntaryContextSwitches, "involuntaryContextSwitches")
    bounds.amount(minorPageFaults, "minorPageFaults")
    bounds.amount(majorPageFaults, "majorPageFaults")
    bounds.nested(activity, "activity")
  }
}

extension Activity: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.nested(cores, "cores")
    bounds.amount(busy, "busy")
    bounds.amount(steal, "steal")
    bounds.amount(throttled, "throttled")
    bounds.each(clocks, "clocks") { $0.count($1) }
    bounds.nested(energy, "energy")
  }
}

extension Activity.Energy: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.amount(processor, "processor")
    bounds.amount(memory, "memory")
    bounds.amount(platform, "platform")
  }
}

extension CoreTimeline: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.amount(interval, "interval")
    bounds.amount(span, "span")
    bounds.each(cores, "cores") { $0.count($1) }
    bounds.each(busy, "busy") { bounds, values in
      bounds.each(values, "") { $0.require($1, in: 0...100) }
    }
  }
}

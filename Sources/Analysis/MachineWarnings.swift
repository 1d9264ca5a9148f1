import Formatting
import Records

/// Returns warnings about a machine's state that would disturb a measurement: one sentence each, with the remedy.
///
/// - Parameters:
///   - passport: The machine just before the measurement.
///   - mostWorkers: The greatest number of workers to be measured; `nil` if it is unknown.
public func warnings(of passport: Passport, mostWorkers: Int? = nil) -> [String] {
  limitWarnings(passport)
    + [
      loadWarning(passport), stealWarning(passport), governorWarning(passport), frequencyWarning(passport),
      boostWarning(passport), heatWarning(passport), siblingWarning(passport, mostWorkers),
    ].compactMap(\.self)
}

/// Returns a warning per limit below the number of online CPUs, because lifting one limit may expose the next.
private func limitWarnings(_ passport: Passport) -> [String] {
  let online = Readable.count(passport.onlineCPUs, "CPU")
  var lines: [String] = []
  if let cpuset = passport.cpusetCPUs, cpuset < passport.onlineCPUs {
    lines.append(
      "the cpuset limits this run to \(cpuset) of \(online) (to measure all, give the container or service more CPUs)"
    )
  }
  if let affinity = passport.affinityCPUs, affinity < min(passport.onlineCPUs, passport.cpusetCPUs ?? .max) {
    lines.append(
      "the affinity mask limits this run to \(affinity) of \(online) (to measure all, start without taskset or numactl)"
    )
  }
  if let quota = passport.quotaCPUs, quota < Double(passport.onlineCPUs) {
    let past = passport.throttledPeriods.map { $0 > 0 ? " and throttled it \($0) times before" : "" } ?? ""
    lines.append(
      "a CPU quota limits this run to \(Readable.fixed(quota, decimals: 2)) of \(online)\(past) (to measure all, raise "
        + "docker --cpus or systemd CPUQuota)")
  }
  return lines
}

/// Returns the number of CPUs on which this run may run.
private func usableCPUs(_ passport: Passport) -> Int {
  min(passport.onlineCPUs, passport.affinityCPUs ?? .max, passport.cpusetCPUs ?? .max)
}

/// Returns a warning about other programs, from the busy cores just before or else from the load average. The average
/// counts all CPUs, and does not tell how busy some of them are.
private func loadWarning(_ passport: Passport) -> String? {
  let limit = max(0.25, 0.05 * Double(passport.effectiveCPUs))
  if let busy = passport.load?.busyCores {
    guard busy > limit else { return nil }
    return
      "other programs keep \(Readable.fixed(busy, decimals: 2)) of \(Readable.count(usableCPUs(passport), "CPU")) "
      + "busy (stop them, or wait until they finish)"
  }
  guard usableCPUs(passport) == passport.onlineCPUs, let average = passport.load?.averages?.first,
    average > limit
  else { return nil }
  return
    "the load average of the last minute is \(Readable.fixed(average, decimals: 2)) (stop other programs, or wait "
    + "until they finish)"
}

private func stealWarning(_ passport: Passport) -> String? {
  guard let stolen = passport.load?.stolenCores, stolen > 0.02 * Double(usableCPUs(passport)) else {
    return nil
  }
  let name = passport.hypervisor.map { " (\($0))" } ?? ""
  return
    "the hypervisor\(name) gives \(Readable.fixed(stolen, decimals: 2)) CPUs to other guests (measure at another time, "
    + "or on a dedicated host)"
}

private func governorWarning(_ passport: Passport) -> String? {
  let others = (passport.clocks?.governors ?? []).filter { $0 != "performance" }
  if others.isEmpty { return nil }
  return
    "the frequency governor '\(Readable.line(others.joined(separator: ", "), limit: 60))' slows idle cores down (as "
    + "root, run cpupower frequency-set -g performance)"
}

private func frequencyWarning(_ passport: Passport) -> String? {
  guard let clocks = passport.clocks, let maximum = clocks.maximum, let hardware = clocks.hardwareMaximum,
    Double(maximum) < 0.95 * Double(hardware)
  else { return nil }
  return
    "the CPU frequency is limited to \(Readable.frequency(kHz: maximum)) of \(Readable.frequency(kHz: hardware)) (as root, run "
    + "cpupower frequency-set -u \(hardware))"
}

private func boostWarning(_ passport: Passport) -> String? {
  guard passport.clocks?.boost == true else { return nil }
  return
    "boost is on: a lone busy core runs faster than several, which lowers the speedup (turn it off in the firmware, or "
    + "as root with cpupower set --turbo-boost 0)"
}

private func heatWarning(_ passport: Passport) -> String? {
  guard let pressure = passport.thermalPressure, pressure != "nominal" else { return nil }
  return
    "the thermal pressure is \(Readable.line(pressure, limit: 20)): the system slows the CPUs down (let the machine cool "
    + "down, and keep its vents free)"
}

/// Returns a warning if workers would share physical cores: hardware threads share a core's execution units.
private func siblingWarning(_ passport: Passport, _ mostWorkers: Int?) -> String? {
  guard let topology = passport.topology, let cores = topology.usableCores ?? topology.physicalCores,
    let threads = topology.threadsPerCore, threads > 1
  else { return nil }
  let workers = min(mostWorkers ?? passport.effectiveCPUs, passport.effectiveCPUs)
  guard workers > cores else { return nil }
  return
    "\(Readable.count(workers, "worker")) share \(Readable.count(cores, "physical core")) (SMT), and \(threads) threads "
    + "on a core do less than \(threads)× the work of one (use one worker per physical core: --workers \(cores))"
}

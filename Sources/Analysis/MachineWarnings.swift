import Formatting
import Records

/// What about a machine would disturb a measurement, or make it one of something else than the machine: sentences in
/// plain words, each with the remedy.
///
/// - Parameters:
///   - passport: The machine, as it was just before.
///   - mostWorkers: The greatest number of workers that will be tried; `nil` where that is not known.
public func warnings(of passport: Passport, mostWorkers: Int? = nil) -> [String] {
  limitWarnings(passport)
    + [
      loadWarning(passport), stealWarning(passport), governorWarning(passport), clockWarning(passport),
      boostWarning(passport), siblingWarning(passport, mostWorkers),
    ].compactMap(\.self)
}

/// A limit below the CPUs that are online: every one that there is, for lifting one may show the next.
private func limitWarnings(_ passport: Passport) -> [String] {
  let online = Readable.count(passport.onlineCPUs, "CPU")
  var lines: [String] = []
  if let cpuset = passport.cpusetCPUs, cpuset < passport.onlineCPUs {
    lines.append(
      "a control group leaves this run \(cpuset) of \(online) (cpuset): give the container or service more to measure "
        + "the whole machine")
  }
  if let affinity = passport.affinityCPUs, affinity < min(passport.onlineCPUs, passport.cpusetCPUs ?? .max) {
    lines.append(
      "the affinity mask leaves this run \(affinity) of \(online): start without taskset or numactl to measure the "
        + "whole machine")
  }
  if let quota = passport.quotaCPUs, quota < Double(passport.onlineCPUs) {
    let past = passport.throttledPeriods.map { $0 > 0 ? ", as it did \($0) times before this run" : "" } ?? ""
    lines.append(
      "a control group grants this run the time of \(Readable.fixed(quota, decimals: 2)) of \(online) and stops it when "
        + "that is used up\(past): lift the quota (docker --cpus, systemd CPUQuota) to measure the whole machine"
    )
  }
  return lines
}

/// Other programs: those that were seen at work just before; where nobody looked, those of the last minute.
private func loadWarning(_ passport: Passport) -> String? {
  let limit = max(0.25, 0.05 * Double(passport.effectiveCPUs))
  if let busy = passport.load?.busyCores {
    guard busy > limit else { return nil }
    return
      "other programs keep \(Readable.fixed(busy, decimals: 2)) of \(Readable.count(passport.onlineCPUs, "CPU")) "
      + "busy: end them, or wait until they are done"
  }
  guard let average = passport.load?.averages?.first, average > limit else { return nil }
  return
    "over the last minute \(Readable.fixed(average, decimals: 2)) programs were running or waiting to run: end "
    + "them, or wait until they are done"
}

private func stealWarning(_ passport: Passport) -> String? {
  guard let stolen = passport.load?.stolenCores, stolen > 0.02 * Double(passport.onlineCPUs) else {
    return nil
  }
  let name = passport.hypervisor.map { " (\($0))" } ?? ""
  return
    "the hypervisor\(name) gives the time of \(Readable.fixed(stolen, decimals: 2)) CPUs to other guests: measure at "
    + "another time, or on a host of your own"
}

private func governorWarning(_ passport: Passport) -> String? {
  let others = (passport.clocks?.governors ?? []).filter { $0 != "performance" }
  if others.isEmpty { return nil }
  return
    "the clocks are governed by '\(Readable.line(others.joined(separator: ", "), limit: 60))', which lowers them "
    + "while cores idle: as root, cpupower frequency-set -g performance"
}

private func clockWarning(_ passport: Passport) -> String? {
  guard let clocks = passport.clocks, let maximum = clocks.maximum, let hardware = clocks.hardwareMaximum,
    Double(maximum) < 0.95 * Double(hardware)
  else { return nil }
  return
    "the clocks are limited to \(Readable.frequency(kHz: maximum)) of \(Readable.frequency(kHz: hardware)): as root, "
    + "cpupower frequency-set -u \(hardware)"
}

private func boostWarning(_ passport: Passport) -> String? {
  guard passport.clocks?.boost == true else { return nil }
  return
    "boost is on: a core runs faster alone than beside others, which looks as if more workers lost speed; to measure "
    + "without, turn it off in the firmware or, as root, with cpupower set --turbo-boost 0"
}

/// Hardware threads of one core share what it computes with.
private func siblingWarning(_ passport: Passport, _ mostWorkers: Int?) -> String? {
  guard let topology = passport.topology, let cores = topology.usableCores ?? topology.physicalCores,
    let threads = topology.threadsPerCore, threads > 1
  else { return nil }
  let workers = min(mostWorkers ?? passport.effectiveCPUs, passport.effectiveCPUs)
  guard workers > cores else { return nil }
  return
    "\(Readable.count(workers, "worker")) share \(Readable.count(cores, "physical core")) (SMT), on which \(threads) "
    + "get less done than \(threads) times one: --workers \(cores) keeps to one a core"
}

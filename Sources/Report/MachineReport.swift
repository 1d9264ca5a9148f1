import Formatting
import Records

/// A machine's passport for a terminal, a line a fact.
///
/// - Parameters:
///   - passport: What the machine is.
///   - host: Its name.
///   - countersReason: Why something cannot be counted there; `nil` where all can, and where nobody asked.
public func machineReport(of passport: Passport, host: String, countersReason: String? = nil) -> String {
  let known = machineFacts(of: passport, host: host, countersReason: countersReason)
  let width = known.map(\.name.count).max() ?? 0
  return known.map { name, value in
    name + String(repeating: " ", count: width - name.count) + "  \(value)\n"
  }.joined()
}

/// What is known of a machine and of what it was doing, each fact on one line.
func machineFacts(
  of passport: Passport, host: String, countersReason: String?
) -> [(name: String, value: String)] {
  let more: [(String, String?)] =
    [("load", passport.load.flatMap(load)), ("not counted", countersReason)]
    + (passport.warnings ?? []).map { ("warning", $0) }
  let all =
    [("host", host)] + facts(of: passport) + more.compactMap { name, value in value.map { (name, $0) } }
  return all.map { (Readable.line($0), Readable.line($1, limit: 400)) }
}

/// What is known of a machine, whatever it was doing: names, which may come again, and values.
func facts(of passport: Passport) -> [(String, String)] {
  var facts: [(String, String?)] = [
    ("machine", passport.product),
    ("hypervisor", passport.hypervisor),
    ("processor", passport.processor),
    ("architecture", passport.architecture),
    ("cores", passport.topology.flatMap(cores)),
    ("effective CPUs", "\(passport.effectiveCPUs) (\(limits(of: passport)))"),
    ("bound by", passport.bindingLimits.flatMap(binding)),
  ]
  facts += (passport.quotas ?? []).map { quota in
    let place =
      quota.depth == 0 ? "the topmost group" : "\(Readable.count(quota.depth, "level")) below the topmost"
    return ("quota", "\(Readable.fixed(quota.cpus, decimals: 2)) CPUs, \(place) (version \(quota.version))")
  }
  facts += [
    ("task pool", passport.taskPoolWidth.map { "\(Readable.count($0, "child task")) at a time" }),
    ("clocks", passport.clocks.flatMap(clocks)),
  ]
  facts += passport.caches.map { (name(of: $0), size(of: $0)) }
  facts += [
    ("memory", passport.memory.map(Readable.memory)),
    ("system", passport.operatingSystem),
    ("kernel", passport.kernel),
    ("Swift", "\(passport.swift) (standard library)"),
  ]
  return facts.compactMap { name, value in value.map { (name, $0) } }
}

private func limits(of passport: Passport) -> String {
  [
    "\(passport.onlineCPUs) online", passport.affinityCPUs.map { "\($0) in the affinity mask" },
    passport.cpusetCPUs.map { "\($0) in the cpuset" },
    passport.quotaCPUs.map { "\(Readable.fixed($0, decimals: 2)) by control group quota" } ?? "no quota",
  ].compactMap(\.self).joined(separator: ", ")
}

private func binding(_ limits: [String]) -> String? {
  let names = [
    "online": "the CPUs online", "affinity": "the affinity mask", "cpuset": "the cpuset",
    "quota": "the control group quota",
  ]
  return limits.isEmpty ? nil : limits.map { names[$0] ?? $0 }.joined(separator: " and ")
}

private func cores(_ topology: Passport.Topology) -> String? {
  let parts = [
    topology.physicalCores.map { "\($0) physical" },
    topology.sockets.map { Readable.count($0, "socket") },
    topology.threadsPerCore.map { $0 == 1 ? "no SMT" : "up to \($0) threads each (SMT)" },
    topology.nodes.map { Readable.count($0, "memory node") },
    topology.usableCores.flatMap { $0 == topology.physicalCores ? nil : "\($0) usable" },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

private func clocks(_ clocks: Passport.Clocks) -> String? {
  let governors = clocks.governors.joined(separator: " and ")
  let range = [clocks.minimum, clocks.maximum].compactMap { $0.map { Readable.frequency(kHz: $0) } }
  let isLimited = clocks.hardwareMaximum.map { $0 != clocks.maximum } ?? false
  let parts = [
    governors.isEmpty ? nil : "governor \(governors)", range.isEmpty ? nil : range.joined(separator: " to "),
    isLimited ? clocks.hardwareMaximum.map { "hardware allows \(Readable.frequency(kHz: $0))" } : nil,
    clocks.boost.map { $0 ? "boost on" : "boost off" },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

private func name(of cache: Passport.Cache) -> String {
  "L\(cache.level)\(cache.type == "Unified" ? "" : " \(cache.type.lowercased())") cache"
}

private func size(of cache: Passport.Cache) -> String {
  "\(cache.size / 1024) KiB, "
    + (cache.sharedBy > 1 ? "shared by \(cache.sharedBy) CPUs" : "one for each CPU")
}

private func load(_ load: Passport.Load) -> String? {
  let averages = load.averages.map { averages in
    averages.map { Readable.fixed($0, decimals: 2) }.joined(separator: ", ")
      + " (averages of 1, 5, 15 minutes)"
  }
  let parts = [
    averages, load.busyCores.map { "\(Readable.fixed($0, decimals: 2)) CPUs busy just now" },
    load.stolenCores.map { "\(Readable.fixed($0, decimals: 2)) stolen" },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

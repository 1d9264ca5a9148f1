import Formatting
import Records

/// Returns host information for a terminal, one line per fact.
///
/// - Parameters:
///   - passport: The host information.
///   - host: The name of the machine.
///   - countersReason: The reason that a hardware counter is unavailable; `nil` if all are available or none was tried.
///   - style: The way the text is set.
public func machineReport(
  of passport: Passport, host: String, countersReason: String? = nil, style: TextStyle = TextStyle()
) -> String {
  let known = machineFacts(of: passport, host: host, countersReason: countersReason)
  let indent = 2 + (known.map(\.name.count).max() ?? 0)
  return known.map { name, value in
    let lines = style.width.map { Readable.wrapped(value, width: max(1, $0 - indent)) } ?? [value]
    return zip([name] + lines.dropFirst().map { _ in "" }, lines).map { head, line in
      head + String(repeating: " ", count: indent - head.count) + "\(line)\n"
    }.joined()
  }.joined()
}

/// Returns the facts about a machine and its state, each on one line.
func machineFacts(
  of passport: Passport, host: String, countersReason: String?
) -> [(name: String, value: String)] {
  let more: [(String, String?)] =
    [
      ("load", passport.load.flatMap(load)), ("energy", energyFact(of: passport)),
      ("thermal pressure", passport.thermalPressure),
      ("unavailable", countersReason),
    ]
    + (passport.warnings ?? []).map { ("warning", $0) }
  let all =
    [("host", host)] + facts(of: passport) + more.compactMap { name, value in value.map { (name, $0) } }
  return all.map { (Readable.line($0), Readable.line($1, limit: 400)) }
}

/// Returns the facts about a machine, regardless of its state. Names may repeat.
func facts(of passport: Passport) -> [(String, String)] {
  var facts: [(String, String?)] = [
    ("machine", passport.product),
    ("hypervisor", passport.hypervisor),
    ("processor", passport.processor),
    ("processor ID", passport.processorDetails.flatMap(identity)),
    ("vector sets", passport.processorDetails.flatMap(vectorSets)),
    ("architecture", passport.architecture),
    ("cores", passport.topology.flatMap(cores)),
    ("siblings", passport.topology?.siblings.map { "\(firstLists($0)) share a core" }),
    ("NUMA nodes", passport.topology?.nodeCPUs.map { "CPUs \(firstLists($0))" }),
  ]
  facts += (passport.topology?.kinds ?? []).map { ("kind of core", description(of: $0)) }
  facts += [
    ("effective CPUs", "\(passport.effectiveCPUs) (\(limits(of: passport)))"),
    ("limited by", passport.bindingLimits.flatMap(binding)),
  ]
  facts += (passport.quotas ?? []).map { quota in
    let place =
      quota.depth == 0
      ? "top control group" : "\(Readable.count(quota.depth, "level")) below the top control group"
    return ("quota", "\(Readable.fixed(quota.cpus, decimals: 2)) CPUs, \(place) (cgroup v\(quota.version))")
  }
  facts += [
    ("task pool", passport.taskPoolWidth.map { "\(Readable.count($0, "child task")) at a time" }),
    ("frequency", passport.clocks.flatMap(frequency)),
  ]
  facts += passport.caches.map { (name(of: $0), size(of: $0)) }
  facts += [
    ("memory", passport.memory.map(Readable.memory)),
    ("system", passport.operatingSystem),
    ("kernel", passport.kernel),
    ("Swift", "\(passport.swift) (standard library)"),
    ("priority", passport.priority.flatMap(priority)),
    ("limits", passport.limits.map(limits)),
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
    "online": "online CPUs", "affinity": "affinity mask", "cpuset": "cpuset", "quota": "control group quota",
  ]
  return limits.isEmpty ? nil : limits.map { names[$0] ?? $0 }.joined(separator: " and ")
}

private func cores(_ topology: Passport.Topology) -> String? {
  let parts = [
    topology.physicalCores.map { "\($0) physical" },
    topology.sockets.map { Readable.count($0, "socket") },
    topology.threadsPerCore.map { $0 == 1 ? "no SMT" : "up to \($0) threads each (SMT)" },
    topology.nodes.map { Readable.count($0, "NUMA node") },
    topology.usableCores.flatMap {
      $0 == topology.physicalCores ? nil : "\(Readable.count($0, "core")) usable"
    },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

private func identity(_ details: Passport.ProcessorDetails) -> String? {
  let parts = [
    details.family.map { "family \($0)" }, details.model.map { "model \($0)" },
    details.stepping.map { "stepping \($0)" }, details.microcode.map { "microcode \($0)" },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

private func vectorSets(_ details: Passport.ProcessorDetails) -> String? {
  details.vectorSets.isEmpty ? nil : details.vectorSets.joined(separator: " ")
}

/// Returns the first few of several lists of CPUs, such as `0,64`, `1,65`, … (62 more).
private func firstLists(_ lists: String) -> String {
  let all = lists.split(separator: " ")
  let shown = all.prefix(4).joined(separator: " | ")
  return all.count > 4 ? "\(shown) | … (\(all.count - 4) more)" : shown
}

private func description(of kind: Passport.CoreKind) -> String {
  let parts = [
    "\(kind.name): \(Readable.count(kind.cpus, "CPU"))", kind.list.map { "(\($0))" },
    kind.maximumFrequency.map { "up to \(Readable.frequency(kHz: $0))" },
  ].compactMap(\.self)
  return parts.joined(separator: " ")
}

private func frequency(_ clocks: Passport.Clocks) -> String? {
  let governors = clocks.governors.joined(separator: " and ")
  let range = [clocks.minimum, clocks.maximum].compactMap { $0.map { Readable.frequency(kHz: $0) } }
  let isLimited = clocks.hardwareMaximum.map { $0 != clocks.maximum } ?? false
  let parts = [
    governors.isEmpty ? nil : "governor \(governors)", range.isEmpty ? nil : range.joined(separator: " to "),
    isLimited ? clocks.hardwareMaximum.map { "hardware maximum \(Readable.frequency(kHz: $0))" } : nil,
    clocks.boost.map { $0 ? "boost on" : "boost off" },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

private func name(of cache: Passport.Cache) -> String {
  "L\(cache.level)\(cache.type == "Unified" ? "" : " \(cache.type.lowercased())") cache"
}

private func size(of cache: Passport.Cache) -> String {
  "\(cache.size / 1024) KiB, "
    + (cache.sharedBy > 1 ? "shared by \(cache.sharedBy) CPUs" : "one per CPU")
    + (cache.cpus.map { ", on \($0) of the CPUs" } ?? "")
}

private func priority(_ priority: Passport.Priority) -> String? {
  let parts = [priority.nice.map { "nice level \($0)" }, priority.policy.map { "scheduling policy \($0)" }]
    .compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

private func limits(_ limits: Passport.Limits) -> String {
  let parts = [
    limits.stack.map { "stack \($0 / 1024) KiB" }, limits.addressSpace.map { "memory \($0 / 1024) KiB" },
    limits.processes.map { "\($0) processes" }, limits.openFiles.map { "\($0) open files" },
    limits.cpuTime.map { "\($0) s of CPU time" },
  ].compactMap(\.self)
  return parts.isEmpty ? "none" : parts.joined(separator: ", ")
}

private func load(_ load: Passport.Load) -> String? {
  let averages = load.averages.map { averages in
    averages.map { Readable.fixed($0, decimals: 2) }.joined(separator: ", ")
      + " (averages over 1, 5, 15 minutes)"
  }
  let parts = [
    averages, load.busyCores.map { "\(Readable.fixed($0, decimals: 2)) CPUs busy now" },
    load.stolenCores.map { "\(Readable.fixed($0, decimals: 2)) stolen" },
  ].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: ", ")
}

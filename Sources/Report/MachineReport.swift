import Records

/// A machine's passport for a terminal, a line a fact.
public func machineReport(of passport: Passport, host: String) -> String {
  let limits = [
    "\(passport.onlineCPUs) online", passport.affinityCPUs.map { "\($0) in the affinity mask" },
    passport.quotaCPUs.map { "\(Readable.fixed($0, decimals: 2)) by control group quota" } ?? "no quota",
  ]
  var facts: [(String, String?)] = [
    ("host", host),
    ("processor", passport.processor),
    ("architecture", passport.architecture),
    ("effective CPUs", "\(passport.effectiveCPUs) (\(limits.compactMap(\.self).joined(separator: ", ")))"),
  ]
  facts += passport.caches.map { cache in
    let sharing = cache.sharedBy > 1 ? "shared by \(cache.sharedBy) CPUs" : "one for each CPU"
    let type = cache.type == "Unified" ? "" : " \(cache.type.lowercased())"
    return ("cache", "L\(cache.level)\(type) \(cache.size / 1024) KiB, \(sharing)")
  }
  facts += [
    ("memory", passport.memory.map(Readable.memory)),
    ("system", passport.operatingSystem),
    ("kernel", passport.kernel),
    ("Swift", "\(passport.swift) (standard library)"),
  ]
  let known = facts.compactMap { name, value in value.map { (name, $0) } }
  let width = known.map(\.0.count).max() ?? 0
  return known.map { name, value in
    name + String(repeating: " ", count: width - name.count) + "  \(Readable.line(value))\n"
  }.joined()
}

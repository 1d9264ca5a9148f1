extension Topology {
  /// Creates the topology that Darwin's kernel reports; returns `nil` if it reports none.
  init?(_ values: SystemValues) {
    guard let cpus = values.count("hw.logicalcpu"), let cores = values.count("hw.physicalcpu"), cores <= cpus
    else { return nil }
    self.init(
      totals: Totals(cpus: cpus, physicalCores: cores, sockets: values.count("hw.packages")),
      kinds: CoreKind.performanceLevels(values))
  }
}

extension CoreKind {
  /// Returns the performance levels that Darwin's kernel reports, the fastest first; none if there are not several.
  static func performanceLevels(_ values: SystemValues) -> [CoreKind] {
    let levels = 0..<min(16, values.count("hw.nperflevels") ?? 0)
    let kinds = zip(levels, names(of: levels.count)).compactMap { level, name in
      values.count("hw.perflevel\(level).logicalcpu").map { count in
        CoreKind(values.text("hw.perflevel\(level).name")?.lowercased() ?? name, count: count)
      }
    }
    return kinds.count > 1 ? kinds : []
  }
}

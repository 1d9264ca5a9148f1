extension MachineFacts {
  /// Returns the caches that Darwin's kernel reports: those of the fastest cores, if cores differ.
  static func caches(_ values: SystemValues) -> [Cache] {
    let sizes = [
      (1, "Data", "l1dcachesize"), (1, "Instruction", "l1icachesize"), (2, "Unified", "l2cachesize"),
      (3, "Unified", "l3cachesize"),
    ]
    // `hw.cacheconfig` lists the numbers of CPUs that share main memory, a cache of level 1, of level 2 and so on.
    let sharing = values.numbers("hw.cacheconfig").map { Int(clamping: $0) }
    for prefix in ["hw.perflevel0.", "hw."] {
      let caches = sizes.compactMap { level, type, name -> Cache? in
        guard let size = values.number(prefix + name), size > 0 else { return nil }
        let ofLevel = values.count("\(prefix)cpusperl\(level)")
        let ofMachine = prefix == "hw." && level < sharing.count ? sharing[level] : 1
        return Cache(level: level, type: type, size: size, sharedBy: max(1, ofLevel ?? ofMachine))
      }
      if !caches.isEmpty { return caches }
    }
    return []
  }
}

#if !canImport(Darwin)
  extension MachineFacts {
    /// Adds the facts in `/proc`, `/sys` and `/etc`.
    mutating func readDetails(from tree: FileTree = .machine) {
      operatingSystem = tree.text("etc/os-release").flatMap {
        Self.value(of: "PRETTY_NAME", in: $0, separator: "=")
      }
      memory = tree.text("proc/meminfo").flatMap { Self.value(of: "MemTotal", in: $0, separator: ":") }
        .flatMap(
          Self.bytes)
      let usable = AllowedCPUs.online(from: tree)
      let entries = ProcessorEntry.read(of: usable, from: tree)
      enter(entries)
      caches = Self.caches(of: usable ?? entries.compactMap(\.number), tree)
    }

    /// Returns the value of the first line with the key.
    private static func value(of key: String, in text: String, separator: Character) -> String? {
      for line in text.split(separator: "\n") {
        let halves = line.split(separator: separator, maxSplits: 1)
        if halves.count == 2, halves[0].trimmingSpaces() == key {
          let value = halves[1].trimmingSpaces().filter { $0 != "\"" }
          return value.isEmpty ? nil : value
        }
      }
      return nil
    }

    /// Enters the processors of the usable CPUs. Values in which they differ are joined.
    private mutating func enter(_ entries: [ProcessorEntry]) {
      func joined(_ value: (ProcessorEntry) -> String?) -> String? {
        var distinct: [String] = []
        for text in entries.compactMap(value) where !distinct.contains(text) { distinct.append(text) }
        return distinct.isEmpty ? nil : distinct.joined(separator: " + ")
      }
      processor = joined(\.name)
      details.family = joined(\.family)
      details.model = joined(\.model)
      details.stepping = joined(\.stepping)
      details.microcode = joined(\.microcode)
      if let first = entries.first {
        details.vectorSets = first.vectorSets.filter { set in
          entries.allSatisfy { $0.vectorSets.contains(set) }
        }
      }
    }

    /// Returns the caches of the CPUs, each kind of cache once, by level.
    private static func caches(of cpus: [Int], _ tree: FileTree) -> [Cache] {
      var counts: [Cache: Int] = [:]
      for cache in cpus.flatMap({ Set(caches(of: $0, tree)) }) { counts[cache, default: 0] += 1 }
      return counts.map { cache, count in
        var cache = cache
        if count < cpus.count { cache.cpus = count }
        return cache
      }
      .sorted {
        ($0.level, $0.type, $1.cpus ?? .max, $1.size, $1.sharedBy)
          < ($1.level, $1.type, $0.cpus ?? .max, $0.size, $0.sharedBy)
      }
    }

    private static func caches(of cpu: Int, _ tree: FileTree) -> [Cache] {
      (0..<16).compactMap { index -> Cache? in
        let directory = "sys/devices/system/cpu/cpu\(cpu)/cache/index\(index)"
        guard let level = tree.number("\(directory)/level"), let type = tree.line("\(directory)/type"),
          let size = tree.line("\(directory)/size").flatMap(bytes)
        else { return nil }
        let sharedBy =
          tree.line("\(directory)/shared_cpu_list").map { max(1, CPUList.numbers(in: $0).count) } ?? 1
        return Cache(level: level, type: type, size: size, sharedBy: sharedBy)
      }
    }

    /// Converts a size such as `32K`, `260M`, `24618340 kB` or a plain number to bytes.
    static func bytes(_ text: String) -> UInt64? {
      let digits = text.prefix { $0.isNumber }
      guard let number = UInt64(digits) else { return nil }
      let factor: UInt64 =
        switch text.dropFirst(digits.count).trimmingSpaces().first {
        case "K", "k": 1 << 10
        case "M": 1 << 20
        case "G": 1 << 30
        default: 1
        }
      let product = number.multipliedReportingOverflow(by: factor)
      return product.overflow ? nil : product.partialValue
    }
  }
#endif

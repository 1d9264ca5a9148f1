#if canImport(Darwin)
  import CPlatform
  import Darwin

  extension MachineFacts {
    /// Adds the facts that `sysctl` provides; there is no tree to read.
    mutating func readDetails(from tree: FileTree = .machine) {
      operatingSystem = Self.text("kern.osproductversion").map { "macOS \($0)" }
      memory = Self.number("hw.memsize")
      processor = Self.text("machdep.cpu.brand_string")
      let levels = [
        (1, "Instruction", "hw.l1icachesize"), (1, "Data", "hw.l1dcachesize"),
        (2, "Unified", "hw.l2cachesize"),
      ]
      caches = levels.compactMap { level, type, name in
        Self.number(name).map { Cache(level: level, type: type, size: $0, sharedBy: 1) }
      }
    }

    private static func text(_ name: String) -> String? {
      var size = 0
      guard sysctlbyname(name, nil, &size, nil, 0) == 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func number(_ name: String) -> UInt64? {
      var value: UInt64 = 0
      var size = MemoryLayout<UInt64>.size
      return sysctlbyname(name, &value, &size, nil, 0) == 0 ? value : nil
    }
  }
#endif

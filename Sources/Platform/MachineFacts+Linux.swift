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
      processor = tree.text("proc/cpuinfo").flatMap(Self.processorName)
      caches = Self.caches(tree)
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

    /// Returns the name of the processor. x86 reports the model's name; Arm reports only the numbers of
    /// implementer and part.
    private static func processorName(_ text: String) -> String? {
      if let model = value(of: "model name", in: text, separator: ":") { return model }
      guard let implementer = value(of: "CPU implementer", in: text, separator: ":"),
        let part = value(of: "CPU part", in: text, separator: ":")
      else { return nil }
      return "Arm implementer \(implementer) part \(part)"
    }

    private static func caches(_ tree: FileTree) -> [Cache] {
      (0..<16).compactMap { index -> Cache? in
        let directory = "sys/devices/system/cpu/cpu0/cache/index\(index)"
        guard let level = tree.number("\(directory)/level"), let type = tree.line("\(directory)/type"),
          let size = tree.line("\(directory)/size").flatMap(bytes)
        else { return nil }
        let sharedBy = tree.line("\(directory)/shared_cpu_list").map { max(1, cpuCount($0)) } ?? 1
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

    /// Returns the number of CPUs in a list such as `0-3,8,10-11`.
    static func cpuCount(_ list: String) -> Int {
      list.split(separator: ",").reduce(0) { count, part in
        let ends = part.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last, last - first < 1 << 20 else {
          return count
        }
        return count + (last - first + 1)
      }
    }
  }
#endif

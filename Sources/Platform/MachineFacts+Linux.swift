#if !canImport(Darwin)
  extension MachineFacts {
    /// Adds what `/proc`, `/sys` and `/etc` tell.
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

    /// The value of the first line that has the key.
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

    /// x86 names the model; Arm tells two numbers of its maker's and its part's.
    private static func processorName(_ text: String) -> String? {
      if let model = value(of: "model name", in: text, separator: ":") { return model }
      guard let implementer = value(of: "CPU implementer", in: text, separator: ":"),
        let part = value(of: "CPU part", in: text, separator: ":")
      else { return nil }
      return "Arm implementer \(implementer) part \(part)"
    }

    private static func caches(_ tree: FileTree) -> [Cache] {
      (0..<16).compactMap { index -> Cache? in
        let folder = "sys/devices/system/cpu/cpu0/cache/index\(index)"
        guard let level = tree.number("\(folder)/level"), let type = tree.line("\(folder)/type"),
          let size = tree.line("\(folder)/size").flatMap(bytes)
        else { return nil }
        let sharedBy = tree.line("\(folder)/shared_cpu_list").map { max(1, cpuCount($0)) } ?? 1
        return Cache(level: level, type: type, size: size, sharedBy: sharedBy)
      }
    }

    /// `32K`, `260M`, `24618340 kB` or a plain number, in bytes.
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

    /// The number of CPUs in a list such as `0-3,8,10-11`.
    static func cpuCount(_ list: String) -> Int {
      list.split(separator: ",").reduce(0) { count, part in
        let ends = part.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last, last - first < 1 << 20 else {
          return count
        }
        return count + last - first + 1
      }
    }
  }
#endif

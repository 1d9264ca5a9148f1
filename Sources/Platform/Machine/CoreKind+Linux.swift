#if !canImport(Darwin)
  extension CoreKind {
    private static let directory = "sys/devices/system/cpu"
    /// CPUs whose capacities or frequencies are closer than this ratio are of one kind: firmware rates the cores of one
    /// kind a few percent apart, because some tolerate a higher clock.
    private static let leastRatio = 1.1

    /// Reads the kinds of core, the fastest first; returns none if all cores are alike.
    ///
    /// Intel's hybrid processors have an event source per kind (`cpu_core`, `cpu_atom`). Elsewhere kinds are told apart by
    /// the capacity that the scheduler assumes (`cpu_capacity`), or else by the highest frequency.
    ///
    /// - Parameter online: The numbers of the CPUs that are online.
    static func read(of online: [Int], from tree: FileTree) -> [CoreKind] {
      let frequencies = values("cpufreq/cpuinfo_max_freq", of: online, tree)
      let kinds =
        eventSources(of: online, tree)
        ?? groups(of: online, by: values("cpu_capacity", of: online, tree))
        ?? groups(of: online, by: frequencies) ?? []
      return kinds.map { kind in
        CoreKind(kind.name, cpus: kind.cpus, maximumFrequency: kind.cpus.compactMap { frequencies[$0] }.max())
      }
    }

    private static func values(_ name: String, of cpus: [Int], _ tree: FileTree) -> [Int: Int] {
      var values: [Int: Int] = [:]
      for cpu in cpus {
        if let value = tree.number("\(directory)/cpu\(cpu)/\(name)"), value > 0 { values[cpu] = value }
      }
      return values
    }

    private static func eventSources(of online: [Int], _ tree: FileTree) -> [CoreKind]? {
      let sources = [
        ("performance", "cpu_core"), ("efficiency", "cpu_atom"), ("low-power", "cpu_lowpower"),
      ]
      let kinds = sources.compactMap { name, source -> CoreKind? in
        let listed = tree.line("sys/devices/\(source)/cpus").map { Set(CPUList.numbers(in: $0)) } ?? []
        let cpus = online.filter(listed.contains)
        return cpus.isEmpty ? nil : CoreKind(name, cpus: cpus)
      }
      return kinds.count > 1 ? kinds : nil
    }

    /// Groups CPUs by their values, the greatest first; returns `nil` if the value of a CPU is unknown, or if there is only
    /// one group.
    private static func groups(of cpus: [Int], by values: [Int: Int]) -> [CoreKind]? {
      guard values.count == cpus.count else { return nil }
      var groups: [[Int]] = []
      var last: Int?
      for (cpu, value) in values.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        if let last, Double(last) < Double(value) * leastRatio {
          groups[groups.count - 1].append(cpu)
        } else {
          groups.append([cpu])
        }
        last = value
      }
      guard groups.count > 1 else { return nil }
      return zip(names(of: groups.count), groups).map { CoreKind($0, cpus: $1.sorted()) }
    }
  }
#endif

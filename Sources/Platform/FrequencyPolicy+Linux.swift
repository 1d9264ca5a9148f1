#if !canImport(Darwin)
  extension FrequencyPolicy {
    private static let folder = "sys/devices/system/cpu"

    /// The policy of some cores.
    public static func read(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> FrequencyPolicy {
      func values(_ name: String) -> [Int] {
        cpus.compactMap { tree.number("\(folder)/cpu\($0)/cpufreq/\(name)") }.filter { $0 > 0 }
      }
      return FrequencyPolicy(
        governors: Set(cpus.compactMap { tree.line("\(folder)/cpu\($0)/cpufreq/scaling_governor") }).sorted(),
        minimum: values("scaling_min_freq").min(), maximum: values("scaling_max_freq").max(),
        hardwareMaximum: values("cpuinfo_max_freq").max(), boost: boost(tree))
    }

    /// The clock of each of some cores now, in kHz; `nil` where one does not tell it.
    public static func currentClocks(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> [Int]? {
      let clocks = cpus.compactMap { tree.number("\(folder)/cpu\($0)/cpufreq/scaling_cur_freq") }
      return clocks.isEmpty || clocks.count < cpus.count ? nil : clocks
    }

    /// Intel's driver has a switch that turns it off, all others one that turns it on.
    private static func boost(_ tree: FileTree) -> Bool? {
      switch (tree.number("\(folder)/intel_pstate/no_turbo"), tree.number("\(folder)/cpufreq/boost")) {
      case (0?, _): true
      case (1?, _): false
      case (_, 1?): true
      case (_, 0?): false
      default: nil
      }
    }
  }
#endif

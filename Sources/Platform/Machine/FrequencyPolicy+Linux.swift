#if !canImport(Darwin)
  extension FrequencyPolicy {
    private static let directory = "sys/devices/system/cpu"
    /// The greatest frequency accepted, in kHz, so that sums of readings stay in range.
    private static let greatestFrequency = 1_000_000_000

    /// Reads the policy of some CPUs.
    public static func read(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> FrequencyPolicy {
      func values(_ name: String) -> [Int] {
        cpus.compactMap { tree.number("\(directory)/cpu\($0)/cpufreq/\(name)") }.filter { $0 > 0 }
      }
      return FrequencyPolicy(
        governors: Set(cpus.compactMap { tree.line("\(directory)/cpu\($0)/cpufreq/scaling_governor") })
          .sorted(),
        minimum: values("scaling_min_freq").min(), maximum: values("scaling_max_freq").max(),
        hardwareMaximum: values("cpuinfo_max_freq").max(), boost: boost(tree))
    }

    /// Returns the current frequency of each of some CPUs in kHz; `nil` if one of them does not report it.
    public static func currentFrequencies(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> [Int]? {
      let clocks = cpus.compactMap { tree.number("\(directory)/cpu\($0)/cpufreq/scaling_cur_freq") }
        .filter { (0...greatestFrequency).contains($0) }
      return clocks.isEmpty || clocks.count < cpus.count ? nil : clocks
    }

    /// Intel's driver has a setting that disables turbo; all other drivers have one that enables it.
    private static func boost(_ tree: FileTree) -> Bool? {
      switch (tree.number("\(directory)/intel_pstate/no_turbo"), tree.number("\(directory)/cpufreq/boost")) {
      case (0?, _): true
      case (1?, _): false
      case (_, 1?): true
      case (_, 0?): false
      default: nil
      }
    }
  }
#endif

#if canImport(Darwin)
  extension FrequencyPolicy {
    /// Returns an empty policy: the system does not expose its CPU frequencies.
    public static func read(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> FrequencyPolicy {
      FrequencyPolicy()
    }

    /// Returns `nil`: the system does not expose its CPU frequencies.
    public static func currentFrequencies(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> [Int]? {
      nil
    }
  }
#endif

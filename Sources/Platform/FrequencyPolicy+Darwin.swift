#if canImport(Darwin)
  extension FrequencyPolicy {
    /// Nothing: the system keeps its clocks to itself.
    public static func read(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> FrequencyPolicy {
      FrequencyPolicy()
    }

    /// `nil`: the system keeps its clocks to itself.
    public static func currentClocks(ofCPUs cpus: [Int], from tree: FileTree = .machine) -> [Int]? { nil }
  }
#endif

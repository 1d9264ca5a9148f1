#if canImport(Darwin)
  extension Topology {
    /// Returns `nil`: the system reports the number of cores, but not which CPUs share a core.
    public static func read(from tree: FileTree = .machine) -> Topology? { nil }
  }
#endif

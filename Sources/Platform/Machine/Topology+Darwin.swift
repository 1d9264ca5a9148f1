#if canImport(Darwin)
  extension Topology {
    /// Returns the numbers of sockets, cores and CPUs, and the performance levels; there is no tree to read. The system
    /// does not report which CPUs share a core, or have a performance level.
    public static func read(from tree: FileTree = .machine) -> Topology? {
      Topology(tree.systemValues)
    }
  }
#endif

#if canImport(Darwin)
  extension EnergyMeter {
    /// Throws: the system has no public interface to its energy counters.
    static func zones(in tree: FileTree) throws(EnergyError) -> [Zone] {
      throw .unsupported
    }
  }
#endif

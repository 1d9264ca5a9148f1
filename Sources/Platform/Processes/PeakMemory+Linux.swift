#if !canImport(Darwin)
  extension PeakMemory {
    /// Returns the peak of the calling process since it was executed or forked, in bytes; `nil` if the system
    /// does not report it.
    ///
    /// Reads `VmHWM` from `/proc/self/status`, because `ru_maxrss` starts at the parent's value in a child.
    public static func ofThisProcess() -> UInt64? {
      FileTree.machine.text("proc/self/status").flatMap(inStatus)
    }
  }
#endif

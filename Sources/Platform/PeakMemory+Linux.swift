#if !canImport(Darwin)
  extension PeakMemory {
    /// The peak of the calling process since it was executed or forked, in bytes; `nil` where it is not told.
    ///
    /// `VmHWM` of `/proc/self/status`; `ru_maxrss` would not do, for in a child it starts at its parent's.
    public static func ofThisProcess() -> UInt64? {
      FileTree.machine.text("proc/self/status").flatMap(inStatus)
    }
  }
#endif

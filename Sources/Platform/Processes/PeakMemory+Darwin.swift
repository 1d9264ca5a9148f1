#if canImport(Darwin)
  import CPlatform

  extension PeakMemory {
    /// Returns the peak of the calling process since it was executed or forked, in bytes; `nil` if the system
    /// does not report it.
    public static func ofThisProcess() -> UInt64? {
      var usage = rusage()
      return getrusage(RUSAGE_SELF, &usage) == 0 ? UInt64(usage.ru_maxrss) : nil
    }
  }
#endif

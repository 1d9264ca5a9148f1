#if canImport(Darwin)
  import CPlatform

  extension ProcessTree {
    /// Returns the children of a process.
    static func children(of process: pid_t) -> [pid_t] {
      var children = [pid_t](repeating: 0, count: most)
      let count = scaleup_children(process, &children, Int32(most))
      return Array(children.prefix(max(0, Int(count))))
    }

    /// Returns 0: the time of reaped children is part of a process's own record.
    static func reapedTime(of process: pid_t) -> UInt64 { 0 }
  }
#endif

#if !canImport(Darwin)
  import CPlatform

  extension ProcessTree {
    /// Returns the children that the first thread of a process has started.
    static func children(of process: pid_t) -> [pid_t] {
      let text = (try? File.read("/proc/\(process)/task/\(process)/children", limit: 1 << 16)) ?? ""
      return text.split(separator: " ").compactMap { pid_t($0) }
    }

    /// Returns the CPU time of the children that a process has reaped, which the kernel counts in ticks.
    static func reapedTime(of process: pid_t) -> UInt64 {
      guard let text = try? File.read("/proc/\(process)/stat", limit: 4096) else { return 0 }
      // The name in parentheses may contain anything; the state follows it.
      let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
      guard fields.count > 15, let user = UInt64(fields[14]), let system = UInt64(fields[15]) else {
        return 0
      }
      return (user + system) &* (1_000_000_000 / UInt64(clamping: max(1, sysconf(Int32(_SC_CLK_TCK)))))
    }
  }
#endif

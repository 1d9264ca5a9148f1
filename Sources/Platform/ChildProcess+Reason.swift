extension ChildProcess.Ended {
  /// Returns a phrase such as `exited with status 1` or `was killed by SIGKILL`, with the remedy if the limit on CPU time
  /// is the reason: the kernel sends `SIGXCPU` at the soft limit and `SIGKILL` at the hard limit.
  ///
  /// - Parameter limit: The limit in seconds, which the child inherited.
  public func reason(cpuTimeLimit limit: UInt64? = ProcessLimits.ofThisProcess().cpuTime) -> String {
    let used = Double(usage.userTime + usage.systemTime) / 1e9
    guard let limit, let name = status.signalName,
      name == "SIGXCPU" || name == "SIGKILL" && used > 0.9 * Double(limit)
    else { return "\(status)" }
    return "\(status) at the limit of \(limit) s of CPU time (raise ulimit -t)"
  }
}

extension ChildProcess.Ended {
  /// Returns a phrase such as `exited with status 1` or `was killed by SIGKILL`, with the remedy if the limit on CPU time
  /// is the reason: the kernel sends `SIGXCPU` at the soft limit and `SIGKILL` at the hard limit.
  ///
  /// - Parameter limit: The limit in seconds, which the child inherited.
  public func reason(cpuTimeLimit limit: UInt64? = ProcessLimits.ofThisProcess().cpuTime) -> String {
    let used = Double(usage.userTime + usage.systemTime) / 1e9
    guard let limit, let name = status.signalName,
      name == "SIGXCPU" || name == "SIGKILL" && used > Self.least(of: Double(limit))
    else { return "\(status)" }
    return "\(status) at the limit of \(limit) s of CPU time (raise ulimit -t)"
  }

  /// Returns the least CPU time, in seconds, of a program that reached a limit. The kernel counts CPU time for the limit in
  /// ticks of its timer, of which a program gets more or fewer by chance: at 100 a second, 0.3 √limit is three standard
  /// deviations.
  private static func least(of limit: Double) -> Double {
    min(0.9 * limit, limit - 0.3 * limit.squareRoot())
  }
}

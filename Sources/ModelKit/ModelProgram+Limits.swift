extension ModelProgram {
  /// Refuses a job that would crash or wait for ever, because the system does not give what it takes.
  ///
  /// - Throws: `SystemError`.
  func checkLimits(for job: Job) throws(SystemError) {
    try Memory.probe(job.workers * ShareTable.slotSize(slices: job.slices))
    if usesThreadPool { try Thread.probePool(for: job.workers) }
  }

  /// One line: what went wrong and, where a limit was met, what to do.
  func explanation(_ error: any Error) -> String {
    guard let refusal = error as? SystemError, refusal.isProcessLimit || refusal.isMemoryLimit else {
      return "\(error)"
    }
    let limit =
      refusal.isProcessLimit
      ? "RLIMIT_NPROC (ulimit -u), the control group's pids.max or the memory (ulimit -v)"
      : "the memory limit (ulimit -v)"
    return "\(refusal); raise \(limit), or ask for fewer --workers"
  }
}

extension ModelProgram {
  /// What is told instead of running a model whose runtime has a pool of threads, where the system allows none for it:
  /// the runtime would wait for them for ever. To be asked before anything runs on the pool.
  public func threadShortage() -> ProgramOutput? {
    do {
      try Thread.probePool()
      return nil
    } catch {
      return failure(error)
    }
  }

  /// Refuses a job that would crash, because the system does not give the memory for its reports.
  ///
  /// - Throws: `SystemError`.
  func checkLimits(for job: Job) throws(SystemError) {
    try Memory.probe((job.threadsPerRank ?? job.workers) * ShareTable.slotSize(slices: job.slices))
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

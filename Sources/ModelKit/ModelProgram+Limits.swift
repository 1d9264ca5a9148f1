extension ModelProgram {
  /// Returns the error output for a model whose runtime has a thread pool if the system cannot create the
  /// pool's threads, or `nil` if it can. Without them the runtime would wait forever. Call it before anything
  /// runs on the pool.
  public func threadShortage() -> ProgramOutput? {
    do {
      try Thread.probePool()
      return nil
    } catch {
      return failure(error)
    }
  }

  /// Checks that the system has the memory for a job's reports. Without it the job would crash.
  ///
  /// - Throws: `SystemError` if it does not.
  func checkLimits(for job: Job) throws(SystemError) {
    try Memory.probe((job.threadsPerRank ?? job.workers) * ShareTable.slotSize(slices: job.slices))
  }

  /// Returns one line with the error and, if a limit was reached, the remedy.
  func explanation(_ error: any Error) -> String {
    guard let error = error as? SystemError, error.isProcessLimit || error.isMemoryLimit else {
      return "\(error)"
    }
    let limit =
      error.isProcessLimit
      ? "RLIMIT_NPROC (ulimit -u), the control group's pids.max or the memory (ulimit -v)"
      : "the memory limit (ulimit -v)"
    return "\(error); raise \(limit) or use fewer --workers"
  }
}

extension ModelProgram {
  /// Asks for fast cores, moves this process to the CPUs of the job's workers, from where some models move each worker to its
  /// own, and checks the limits of the system.
  ///
  /// - Throws: `SystemError`.
  func prepare(for job: Job) throws(SystemError) {
    Processor.preferFastCores()
    if !job.cpus.isEmpty { try Processor.bind(to: job.cpus) }
    try checkLimits(for: job)
  }

  /// Checks that the system has the memory and the threads for a job. Without them the job would crash, or wait forever.
  ///
  /// - Throws: `SystemError` if it does not.
  private func checkLimits(for job: Job) throws(SystemError) {
    if let streams = job.streams { try Memory.probe(streams.bytes) }
    try Memory.probe((job.threadsPerRank ?? job.workers) * ShareTable.slotSize(slices: job.slices))
    if usesThreadPool, job.threadsPerRank != 1 { try Thread.probePool() }
  }

  /// Returns one line with the error and, if a limit was reached, the remedy.
  func explanation(_ error: any Error) -> String {
    let remedy = (error as? SystemError).flatMap(remedy)
    return "\(error)" + (remedy.map { "; \($0)" } ?? "")
  }

  private func remedy(for error: SystemError) -> String? {
    if error.isForbidden, error.operation == Processor.binding {
      return "allow sched_setaffinity in the sandbox (seccomp)"
    }
    if error.isForbidden { return "allow clone and clone3 in the sandbox (seccomp)" }
    if error.isStackLimit {
      return "lower the stack size (ulimit -s), raise the memory limit (ulimit -v) or use fewer --workers"
    }
    if error.isMemoryLimit { return "raise the memory limit (ulimit -v) or use fewer --workers" }
    guard error.isProcessLimit else { return nil }
    return "raise RLIMIT_NPROC (ulimit -u) or the control group's pids.max, or use fewer --workers"
  }
}

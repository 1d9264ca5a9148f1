import ModelKit

extension ForkedProcesses {
  /// Replaces a lost worker by a new process, which computes all that the lost one had not reported.
  ///
  /// - Throws: `WorkerLoss` when no retries are left; `SystemError`.
  func replace(_ number: Int, _ cause: WorkerLoss.Cause, _ reports: inout ReportCollection) throws {
    let region = reports.region
    // The process may still run, if it was silent or its report was malformed.
    workers[number].kill()
    let status = workers[number].reap()
    let cause = cause == .ended(nil) ? .ended(status) : cause
    guard restarts.count < region.job.retries else {
      throw WorkerLoss(
        worker: number, process: workers[number].identifier, cause: cause, retries: region.job.retries)
    }
    restarts.append(
      Restart(
        worker: number, region: regions, cause: cause.description, at: reports.now - region.start,
        lost: reports.silence(of: number)))
    workers[number] = try fork(number, in: region)
    try reports.expectReports(from: workers[number])
  }
}

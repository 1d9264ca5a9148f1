import ModelKit

/// One process a worker, made with `fork(2)`, and two pipes each: one for orders, one for reports.
///
/// A forked worker starts with a copy of everything the parent has prepared, does its part in its own memory, and
/// sends its slot of the table through its pipe. Numbers that are dealt in chunks are sent to it as orders, always
/// one ahead of what it works at. When the region is over it waits for the next one.
/// The parent waits for all pipes at once. A worker that is lost (see `WorkerLoss`) is replaced by a fresh one, which
/// does again what had not been reported. Every worker is reaped, whatever happens.
final class ForkedProcesses {
  static let program = ModelProgram(
    model: "fork", summary: "one forked process a worker, with pipes for orders and reports",
    replacesWorkers: true)

  private var workers: [WorkerProcess] = []
  private var regions = 0
  private var restarts: [Restart] = []

  /// Runs a region, with the workers of the last one if there are any.
  ///
  /// - Throws: `WorkerLoss` where more workers are lost than may be replaced; `DescriptorShortage`; `SystemError`. All
  ///   workers have then been ended.
  func run(_ job: Job) throws -> TrialRecord {
    let isFirst = workers.isEmpty
    if isFirst { prepare(for: job) }
    let region = Region(job)
    do {
      if isFirst {
        for number in 0..<job.workers { workers.append(try .fork(number, in: region)) }
      } else {
        for worker in workers { try worker.send(.begin(region.start)) }
      }
      var reports = ReportCollection(of: region, at: regions, from: workers, restarts)
      defer { (workers, restarts) = (reports.workers, reports.restarts) }
      try reports.collect()
    } catch {
      end()
      throw error
    }
    regions += 1
    var record = region.finish()
    if !restarts.isEmpty { record.restarts = restarts }
    return record
  }

  /// Ends and reaps the workers. They have nothing more to say, and one that is stopped would hear no order.
  func end() {
    // All at once: one after the other, thousands would take long.
    workers.forEach { $0.kill() }
    workers.forEach { $0.reap() }
    workers = []
    // The reader of the program's own output may go like that of any other program.
    ignoreBrokenPipes(false)
  }

  private func prepare(for job: Job) {
    DescriptorShortage.raiseLimit(for: job.workers)
    // A worker that has gone is noticed where its reports end.
    ignoreBrokenPipes()
  }
}

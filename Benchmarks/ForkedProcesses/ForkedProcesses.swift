import ModelKit

/// Workers that are processes, made with `fork(2)`. Each has two pipes: one for its orders, one for its reports.
///
/// This file is one region from top to bottom: `run`, `fork`, `work` in the child, `collectReports` in the parent, `end`.
/// Workers live on between regions (`Pool/`), and lost workers are replaced (`Recovery/`).
final class ForkedProcesses {
  static let program = ModelProgram(
    model: "fork", summary: "one forked process per worker, with pipes for orders and reports",
    replacesWorkers: true, placesWorkers: true, serve: serve)

  /// The worker processes, by worker number; empty before the first region.
  var workers: [WorkerProcess] = []
  /// The replacements of lost workers in all regions so far.
  var restarts: [Restart] = []
  /// The number of finished regions.
  private(set) var regions = 0

  /// Runs a region: starts the clock, has every worker begin, collects their reports, and merges the results.
  ///
  /// - Throws: `WorkerLoss` when no retries are left; `DescriptorShortage`; `SystemError`. No worker is left then.
  func run(_ job: Job) throws -> TrialRecord {
    if workers.isEmpty { prepare(for: job) }
    let region = Region(job)
    do {
      if workers.isEmpty {
        for number in 0..<job.workers { workers.append(try fork(number, in: region)) }
      } else {
        for worker in workers { try worker.send(.begin(region.start, job.phase)) }
      }
      try collectReports(of: region)
    } catch {
      end()
      throw DescriptorShortage(error, workers: job.workers) ?? error
    }
    regions += 1
    var record = region.finish()
    if !restarts.isEmpty { record.restarts = restarts }
    return record
  }

  /// Makes the pipes of worker `number` and splits the process in two.
  ///
  /// Each process keeps only the ends that it uses: a reader sees the end of a pipe when no process can write to it.
  ///
  /// - Returns: The new worker, in the parent. The child never returns from here.
  /// - Throws: `SystemError`, in the parent.
  func fork(_ number: Int, in region: Region) throws(SystemError) -> WorkerProcess {
    let orders = try Pipe()
    let reports = try Pipe()
    guard let process = try ChildProcess.fork() else {
      // The child. It has a copy of the parent's memory and of every open descriptor. It keeps two descriptors.
      let parent = ParentConnection(orders: orders.reader, reports: reports.writer)
      closeDescriptors(except: [parent.orders, parent.reports])
      work(as: number, in: region, reportingTo: parent)
    }
    return WorkerProcess(number: number, process: process, orders: orders.writer, reports: reports.reader)
  }

  /// The child: computes its share, writes its report, and waits for the next region, until it is killed or its parent
  /// ends.
  private func work(as number: Int, in first: Region, reportingTo parent: ParentConnection) -> Never {
    var (start, phase) = (first.start, first.job.phase)
    while true {
      // The memory is a copy of the parent's. It may hold a report of the lost worker that this one replaces.
      let region = first.repeated(as: number, from: start, phase)
      let chunks = region.job.sharedChunks.map { _ in parent.exchange }
      region.work(as: number, inOwnProcess: true, drawing: chunks)
      parent.send(region.shares.slot(of: number))
      (start, phase) = parent.waitForNextRegion()
    }
  }

  /// The parent: polls all pipes and reads what has come, until it has the report of every worker.
  private func collectReports(of region: Region) throws {
    var reports = try ReportCollection(of: region, from: workers)
    while !reports.isComplete {
      for number in try reports.poll() {
        if let cause = try reports.read(from: workers[number]) { try replace(number, cause, &reports) }
      }
      if let timeout = region.job.timeout {
        for number in reports.findSilent() { try replace(number, .silent(timeout), &reports) }
      }
    }
  }

  /// Kills and reaps the workers. It sends no order to exit, because a stopped worker would not read it.
  func end() {
    // Kills all before it waits for any, because thousands would take long one after the other.
    workers.forEach { $0.kill() }
    workers.forEach { $0.reap() }
    workers = []
    ignoreBrokenPipes(false)
  }

  private func prepare(for job: Job) {
    DescriptorShortage.raiseLimit(for: job.workers)
    // A write to a dead worker must not end the parent. The parent detects the death when the worker's reports end.
    ignoreBrokenPipes()
  }
}

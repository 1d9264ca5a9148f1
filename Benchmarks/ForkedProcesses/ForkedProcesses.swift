import ModelKit

/// One process a worker, made with `fork(2)`, and two pipes each: one for orders, one for reports.
///
/// A forked worker starts with a copy of everything the parent has prepared, does its part in its own memory, and
/// sends its slot of the table through its pipe. Numbers that are dealt in chunks are sent to it as orders, always
/// one ahead of what it works at. When the region is over it waits for the next one, or for the order to leave.
/// The parent waits for all pipes at once. A worker that dies closes its pipe before its slot has come whole:
/// then the others are ended too and there is no result. Every worker is reaped, whatever happens.
final class ForkedProcesses {
  static let program = ModelProgram(
    model: "fork", summary: "one forked process a worker, with pipes for orders and reports")

  private var workers: [WorkerProcess] = []

  /// Runs a region, with the workers of the last one if there are any.
  ///
  /// - Throws: `SystemError`; `WorkerDeath`. All workers have then been ended.
  func run(_ job: Job) throws -> TrialRecord {
    do {
      if workers.isEmpty { prepare(for: job) }
      let region = Region(job)
      if workers.isEmpty {
        for number in 0..<job.workers { workers.append(try WorkerProcess.fork(number, in: region)) }
      } else {
        for worker in workers { try worker.send(.begin(region.start)) }
      }
      try collectReports(into: region)
      return region.finish()
    } catch {
      workers.forEach { $0.killAndReap() }
      throw error
    }
  }

  /// Lets the workers leave, and reaps them.
  ///
  /// - Throws: `SystemError`; `WorkerDeath` for a worker that did not end well even so.
  func end() throws {
    // The reader of the program's own output may go like that of any other program.
    defer { ignoreBrokenPipes(false) }
    do {
      for worker in workers { try worker.send(.leave) }
      for worker in workers { try worker.reap() }
    } catch {
      workers.forEach { $0.killAndReap() }
      guard var death = error as? WorkerDeath else { throw error }
      death.hasReported = true
      throw death
    }
  }

  private func prepare(for job: Job) {
    let pipesOfWorker = 2
    reserveDescriptors(job.workers * pipesOfWorker)
    // A worker that has gone is noticed where its reports end.
    ignoreBrokenPipes()
  }

  /// Deals chunks, if there are any, and fills every worker's slot with what it sends, in whatever order and
  /// pieces that arrives.
  private func collectReports(into region: Region) throws {
    var dealer = region.job.sharedChunks.map(ChunkDealer.init)
    try dealer?.dealFirst(to: workers)
    var waiting = workers.map { ReportReceiver(worker: $0.number, reader: $0.reader) }
    while !waiting.isEmpty {
      for position in try poll(waiting.map(\.reader)).reversed() {
        let worker = workers[waiting[position].worker]
        let progress = try waiting[position].receive(into: region.shares.slot(of: worker.number))
        for _ in 0..<progress.chunksDone { try dealer?.dealNext(to: worker) }
        if progress.isSlotComplete {
          waiting.remove(at: position)
        } else if progress.isEnded {
          throw worker.death()
        }
      }
    }
  }
}

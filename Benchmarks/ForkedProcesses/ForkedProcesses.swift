import ModelKit

/// One process a worker, made with `fork(2)`, and one pipe each to send its share back.
///
/// A forked worker starts with a copy of everything the parent has prepared, does its part in its own memory,
/// sends its slot of the table through its pipe, and leaves. The parent waits for all pipes at once. A worker
/// that dies closes its pipe before its slot has come whole: then the others are ended too and there is no
/// result. Every worker is reaped, whatever happens.
enum ForkedProcesses {
  static let program = ModelProgram(
    model: "fork", summary: "one forked process a worker, with a pipe to report through")

  static func run(_ job: Job) throws -> TrialRecord {
    reserveDescriptors(job.workers)
    let region = Region(job)
    var workers: [WorkerProcess] = []
    do {
      for number in 0..<job.workers {
        workers.append(try WorkerProcess.fork(number, in: region))
      }
      try receiveShares(from: workers, into: region.shares)
      let record = region.finish()
      try workers.forEach { try $0.reap() }
      return record
    } catch {
      workers.forEach { $0.killAndReap() }
      throw error
    }
  }

  /// Fills every worker's slot with what it sends, in whatever order and pieces it arrives.
  private static func receiveShares(from workers: [WorkerProcess], into shares: ShareTable) throws {
    var waiting = workers.map { SlotReceiver(worker: $0.number, reader: $0.reader) }
    while !waiting.isEmpty {
      for position in try poll(waiting.map(\.reader)).reversed() {
        let worker = waiting[position].worker
        switch try waiting[position].receive(into: shares.slot(of: worker)) {
        case .incomplete: continue
        case .complete: waiting.remove(at: position)
        case .ended: throw workers[worker].death()
        }
      }
    }
  }
}

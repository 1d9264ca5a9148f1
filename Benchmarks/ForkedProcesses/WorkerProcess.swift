import ModelKit

/// A forked worker as its parent sees it.
final class WorkerProcess {
  /// Which worker it is, from 0.
  let number: Int
  /// The end of its pipe from which the parent reads.
  let reader: Descriptor

  private let process: ChildProcess
  private let job: Job
  private var ended: ChildProcess.Ended?

  private init(number: Int, reader: Descriptor, process: ChildProcess, job: Job) {
    self.number = number
    self.reader = reader
    self.process = process
    self.job = job
  }

  /// Creates a worker, which begins its part of the region at once.
  ///
  /// The parent keeps only the reading end of the pipe, so that the pipe ends when the worker does.
  ///
  /// - Throws: `SystemError`, in the parent; the worker itself never returns from here.
  static func fork(_ number: Int, in region: Region) throws(SystemError) -> WorkerProcess {
    let pipe = try Pipe()
    guard let process = try ChildProcess.fork() else {
      region.work(as: number, inOwnProcess: true)
      let slot = region.shares.slot(of: number)
      let isSent = (try? pipe.writer.write(all: UnsafeRawBufferPointer(slot))) != nil
      ChildProcess.exitImmediately(isSent ? 0 : 1)
    }
    return WorkerProcess(number: number, reader: pipe.reader, process: process, job: region.job)
  }

  /// Reaps the worker after its share has come.
  ///
  /// - Throws: `WorkerDeath` where it did not end well even so; `SystemError`.
  func reap() throws {
    ended = try process.reap()
    if ended?.status != .exited(0) { throw death() }
  }

  /// Ends the worker, if it still runs, and reaps it, if it is not reaped yet.
  func killAndReap() {
    guard ended == nil else { return }
    process.kill()
    ended = try? process.reap()
  }

  /// What is to be said of a worker whose pipe has ended before its share had come whole.
  func death() -> WorkerDeath {
    if ended == nil { ended = try? process.reap() }
    return WorkerDeath(
      worker: number, process: process.identifier, status: ended?.status, range: job.range(of: number))
  }
}

/// A worker that ended before it had reported.
struct WorkerDeath: Error, Equatable, CustomStringConvertible {
  let worker: Int
  let process: Int32
  let status: ExitStatus?
  let range: Range<UInt64>?

  var description: String {
    let end = status.map(\.description) ?? "ended"
    let loss =
      switch range {
      case .none: "its operations are not counted"
      case .some(let range) where range.isEmpty: "it had no numbers to sum"
      case .some(let range): "the numbers \(range.lowerBound) to \(range.upperBound - 1) are not summed"
      }
    return "worker \(worker) (pid \(process)) \(end) before it reported; \(loss); run it again"
  }
}

import ModelKit

/// A forked worker as its parent sees it.
final class WorkerProcess {
  /// Which worker it is, from 0.
  let number: Int
  /// The end of its pipe from which the parent reads its reports.
  let reader: Descriptor

  private let writer: Descriptor
  private let process: ChildProcess
  private let job: Job
  private var ended: ChildProcess.Ended?

  private init(number: Int, reader: Descriptor, writer: Descriptor, process: ChildProcess, job: Job) {
    self.number = number
    self.reader = reader
    self.writer = writer
    self.process = process
    self.job = job
  }

  /// Creates a worker, which begins its part of the region at once.
  ///
  /// The parent keeps one end of each pipe, so that the reports end when the worker does.
  ///
  /// - Throws: `SystemError`, in the parent; the worker itself never returns from here.
  static func fork(_ number: Int, in region: Region) throws(SystemError) -> WorkerProcess {
    let (orders, reports) = (try Pipe(), try Pipe())
    guard let process = try ChildProcess.fork() else {
      WorkerBody(number: number, orders: orders.reader, reports: reports.writer).run(region)
    }
    return WorkerProcess(
      number: number, reader: reports.reader, writer: orders.writer, process: process, job: region.job)
  }

  /// Sends an order.
  ///
  /// - Throws: `WorkerDeath` where the worker has gone; `SystemError`.
  func send(_ order: Order) throws {
    do throws(SystemError) {
      try withUnsafeBytes(of: order.message) { (bytes) throws(SystemError) in try writer.write(all: bytes) }
    } catch {
      throw error.isBrokenPipe ? death() : error
    }
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
    // One that talks nonsense may still run, and would be waited for for ever.
    killAndReap()
    return WorkerDeath(
      worker: number, process: process.identifier, status: ended?.status, range: job.range(of: number),
      isTimed: job.kernel == nil)
  }
}

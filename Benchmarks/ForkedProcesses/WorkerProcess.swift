import ModelKit

/// A forked worker as its parent sees it.
final class WorkerProcess {
  /// Which worker it is, from 0.
  let number: Int
  /// The end of its pipe from which the parent reads its reports.
  let reader: Descriptor

  /// Its process identifier.
  var identifier: Int32 { process.identifier }

  private let writer: Descriptor
  private let process: ChildProcess
  private var isReaped = false

  private init(number: Int, reader: Descriptor, writer: Descriptor, process: ChildProcess) {
    self.number = number
    self.reader = reader
    self.writer = writer
    self.process = process
  }

  /// Creates a worker, which begins its part of the region at once.
  ///
  /// The parent keeps one end of each pipe, so that the reports end when the worker does.
  ///
  /// - Throws: `DescriptorShortage`; `SystemError`; both in the parent, for the worker itself never returns from here.
  static func fork(_ number: Int, in region: Region) throws -> WorkerProcess {
    do throws(SystemError) {
      let (orders, reports) = (try Pipe(), try Pipe())
      guard let process = try ChildProcess.fork() else {
        // Of a worker that it replaces, the parent may have received a piece.
        let region = region.repeated(as: number, from: region.start)
        WorkerBody(number: number, orders: orders.reader, reports: reports.writer).run(region)
      }
      return WorkerProcess(
        number: number, reader: reports.reader, writer: orders.writer, process: process)
    } catch {
      guard error.isDescriptorLimit else { throw error }
      throw DescriptorShortage(workers: region.job.workers, refusal: error)
    }
  }

  /// Sends an order. Where the worker has gone nothing happens: that is noticed where its reports end.
  ///
  /// - Throws: `SystemError`.
  func send(_ order: Order) throws(SystemError) {
    do {
      try withUnsafeBytes(of: order.message) { (bytes) throws(SystemError) in try writer.write(all: bytes) }
    } catch {
      if !error.isBrokenPipe { throw error }
    }
  }

  /// Ends the worker, if it still runs.
  func kill() {
    if !isReaped { process.kill() }
  }

  /// Reaps the worker, if it is not reaped yet.
  ///
  /// - Returns: How it ended; `nil` where it was reaped before, or the system does not tell.
  @discardableResult
  func reap() -> ExitStatus? {
    if isReaped { return nil }
    isReaped = true
    return try? process.reap()?.status
  }
}

import ModelKit

/// The parent's handle of a worker: its process, and the parent's ends of its two pipes.
final class WorkerProcess {
  /// The worker's number, from 0.
  let number: Int
  /// The read end of the report pipe. It reaches its end when the worker dies.
  let reports: Descriptor

  /// The process identifier.
  var identifier: Int32 { process.identifier }

  private let process: ChildProcess
  private let orders: Descriptor
  private var isReaped = false

  init(number: Int, process: ChildProcess, orders: Descriptor, reports: Descriptor) {
    self.number = number
    self.process = process
    self.orders = orders
    self.reports = reports
  }

  /// Sends an order. Does nothing if the worker has died: the parent learns that from the end of the reports.
  ///
  /// - Throws: `SystemError`.
  func send(_ order: Order) throws(SystemError) {
    do {
      try withUnsafeBytes(of: order.message) { (bytes) throws(SystemError) in try orders.write(all: bytes) }
    } catch {
      if !error.isBrokenPipe { throw error }
    }
  }

  /// Kills the worker, unless it is reaped.
  func kill() {
    if !isReaped { process.kill() }
  }

  /// Waits until the worker has ended, and reaps it.
  ///
  /// - Returns: The exit status; `nil` if the worker was reaped before.
  @discardableResult
  func reap() -> ExitStatus? {
    if isReaped { return nil }
    isReaped = true
    return try? process.reap().status
  }
}

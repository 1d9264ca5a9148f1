import Dispatch
import ModelKit

/// The service of Dispatch: a source per connection, whose handler runs on a thread of the pool when the socket is ready.
///
/// Each worker is a serial queue, so that the handlers of its connections never run at once, and all of these queues target one
/// concurrent queue, which takes threads from the pool.
extension DispatchConcurrentPerform {
  static func serve(_ service: Service) throws {
    let listener = try service.listen()
    let pool = DispatchQueue(label: "scaleup.workers", attributes: .concurrent)
    let workers = (0..<service.workers).map { QueueWorker($0, of: service, on: pool) }
    let acceptor = QueueAcceptor(listener, for: workers, of: service, on: pool)
    workers.forEach { $0.start() }
    acceptor.start()
    try service.announce(port: listener.port)
    try service.supervise(parts: workers.count)
  }
}

/// The source of new connections, which it gives to the workers in turn.
///
/// `@unchecked Sendable`: everything is used on its serial queue only.
private final class QueueAcceptor: @unchecked Sendable {
  private let service: Service
  private let listener: Listener
  private let workers: [QueueWorker]
  private let queue: DispatchQueue
  private let connections: any DispatchSourceRead
  private let drainSignal: any DispatchSourceRead
  private var turn = 0
  /// The number of the last descriptor that was accepted, which was the least that was free.
  private var lastNumber: Int32 = 0
  private let descriptorLimit = ProcessLimits.ofThisProcess().openFiles ?? .max

  init(_ listener: Listener, for workers: [QueueWorker], of service: Service, on pool: DispatchQueue) {
    (self.listener, self.workers, self.service) = (listener, workers, service)
    queue = DispatchQueue(label: "scaleup.acceptor", target: pool)
    connections = DispatchSource.makeReadSource(fileDescriptor: listener.descriptor.number, queue: queue)
    drainSignal = DispatchSource.makeReadSource(fileDescriptor: service.drainSignal.number, queue: queue)
  }

  func start() {
    connections.setEventHandler { [self] in accept() }
    drainSignal.setEventHandler { [self] in drain() }
    connections.activate()
    drainSignal.activate()
  }

  private func accept() {
    do {
      while let connection = try next() {
        turn = (turn + 1) % workers.count
        workers[turn].serve(connection)
      }
    } catch {
      // No descriptor is left: the listener would be reported again and again.
      connections.suspend()
      queue.asyncAfter(deadline: .now() + .nanoseconds(Int(Service.pause))) { [self] in connections.resume() }
    }
  }

  /// Returns the next connection; `nil` if none waits.
  ///
  /// - Throws: `SystemError` if too few descriptors are left. Dispatch opens files itself, to see which of its threads run, and
  ///   crashes if it cannot.
  private func next() throws(SystemError) -> Descriptor? {
    if UInt64(lastNumber) + 16 >= descriptorLimit {
      let spare = (try Pipe(), try Pipe(), try Pipe())
      withExtendedLifetime(spare) {}
    }
    let connection = try listener.accept()
    lastNumber = connection?.number ?? lastNumber
    return connection
  }

  /// Begins to drain. A little later, all connections that are being made have been.
  private func drain() {
    drainSignal.cancel()
    listener.holdOff()
    queue.asyncAfter(deadline: .now() + .nanoseconds(Int(Service.pause))) { [self] in acceptLast() }
  }

  /// Accepts the connections that have been made, and no more.
  private func acceptLast() {
    accept()
    listener.stop()
    connections.cancel()
    workers.forEach { $0.drain() }
  }
}

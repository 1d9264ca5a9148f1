import Dispatch
import ModelKit

/// A worker that is a serial queue.
///
/// `@unchecked Sendable`: everything but `queue` is used on that queue only.
final class QueueWorker: @unchecked Sendable {
  private let service: Service
  private let worker: ServiceWorker
  private let queue: DispatchQueue
  private var connections: [ObjectIdentifier: SourceConnection] = [:]
  private let sweeps: any DispatchSourceTimer
  private var hasDrained = false

  init(_ number: Int, of service: Service, on pool: DispatchQueue) {
    self.service = service
    worker = ServiceWorker(number, of: service, hasOwnCPUTime: false)
    queue = DispatchQueue(label: "scaleup.worker.\(number)", target: pool)
    sweeps = DispatchSource.makeTimerSource(queue: queue)
  }

  /// Begins to look for clients that take too long.
  func start() {
    sweeps.setEventHandler { [self] in sweep() }
    sweeps.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(100))
    sweeps.activate()
  }

  /// Serves a connection until it ends.
  func serve(_ descriptor: Descriptor) {
    queue.async { [self] in
      let connection = SourceConnection(descriptor, now: worker.now, on: queue)
      connections[ObjectIdentifier(connection)] = connection
      connection.begin { [self, unowned connection] in
        worker.wake()
        settle(connection, connection.state.advance(as: worker))
      }
    }
  }

  /// Ends when all connections have ended. No more will come.
  func drain() {
    queue.async { [self] in
      sweeps.schedule(deadline: .now(), repeating: .milliseconds(50))
      hasDrained = true
    }
  }

  /// Arranges for a connection to go on when what it waits for has come.
  private func settle(_ connection: SourceConnection, _ wait: ServerConnection.Wait) {
    var wait = wait
    while case .time(let nanoseconds, isBlocking: true) = wait {
      Clock.sleep(until: Clock.monotonic.now() + nanoseconds)
      worker.wake()
      wait = connection.state.finishWait(as: worker)
    }
    switch wait {
    case .readable: connection.waitUntilReadable()
    case .writable: connection.waitUntilWritable()
    case .closed:
      connection.end()
      connections[ObjectIdentifier(connection)] = nil
    case .time(let nanoseconds, _):
      connection.waitForNothing()
      queue.asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) { [self, connection] in
        worker.wake()
        settle(connection, connection.state.finishWait(as: worker))
      }
    }
  }

  /// Ends the connections whose clients take too long.
  private func sweep() {
    worker.wake()
    for connection in connections.values {
      let state = connection.state
      if service.isOver(deadline: state.deadline, isIdle: state.isIdle, at: worker.now) {
        settle(connection, state.expire(as: worker))
      }
    }
    if hasDrained, connections.isEmpty {
      sweeps.cancel()
      service.endPart()
    }
  }
}

/// A connection with its sources: one that fires when something can be read, and one for when something can be written.
///
/// `@unchecked Sendable`: everything is used on its worker's queue only.
private final class SourceConnection: @unchecked Sendable {
  let state: ServerConnection
  private let reads: any DispatchSourceRead
  private var writes: (any DispatchSourceWrite)?
  private let queue: DispatchQueue
  private var isReading = false
  private var handler: () -> Void = {}

  init(_ descriptor: Descriptor, now: UInt64, on queue: DispatchQueue) {
    self.queue = queue
    state = ServerConnection(descriptor, now: now)
    reads = DispatchSource.makeReadSource(fileDescriptor: descriptor.number, queue: queue)
    // The descriptor stays open until Dispatch no longer watches it.
    reads.setCancelHandler { withExtendedLifetime(descriptor) {} }
  }

  /// Begins to wait for bytes, and calls the handler whenever the socket is ready.
  func begin(_ handler: @escaping () -> Void) {
    self.handler = handler
    reads.setEventHandler(handler: handler)
    reads.activate()
    isReading = true
  }

  func waitUntilReadable() {
    endWriting()
    if isReading { return }
    reads.resume()
    isReading = true
  }

  func waitUntilWritable() {
    stopReading()
    if writes != nil { return }
    let source = DispatchSource.makeWriteSource(fileDescriptor: state.descriptor.number, queue: queue)
    let descriptor = state.descriptor
    source.setEventHandler(handler: handler)
    source.setCancelHandler { withExtendedLifetime(descriptor) {} }
    source.activate()
    writes = source
  }

  func waitForNothing() {
    endWriting()
    stopReading()
  }

  func end() {
    endWriting()
    reads.cancel()
    // A source that is suspended is never cancelled.
    if !isReading { reads.resume() }
    isReading = true
    handler = {}
  }

  private func stopReading() {
    if isReading { reads.suspend() }
    isReading = false
  }

  private func endWriting() {
    writes?.cancel()
    writes = nil
  }
}

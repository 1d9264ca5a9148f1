import ModelKit
import Synchronization

/// The connections of a service, each with a thread.
final class ThreadConnections: Sendable {
  let service: Service
  /// The open connections, by the number of their descriptor.
  private let open = Mutex<[Int32: Descriptor]>([:])
  private let started = Atomic<Int>(0)

  init(_ service: Service) {
    self.service = service
  }

  /// Starts a thread for a connection.
  ///
  /// - Throws: `SystemError` if there can be no more threads.
  func start(_ descriptor: Descriptor) throws(SystemError) {
    let number = started.wrappingAdd(1, ordering: .relaxed).newValue % service.workers
    open.withLock { $0[descriptor.number] = descriptor }
    do throws(SystemError) {
      try Thread { [self] in
        serve(descriptor, as: ServiceWorker(number, of: service, hasOwnCPUTime: false))
        end(descriptor)
      }.detach()
    } catch {
      end(descriptor)
      throw error
    }
  }

  private func end(_ descriptor: Descriptor) {
    open.withLock { $0[descriptor.number] = nil }
  }

  /// Ends the connections on which nothing has come for the time that `Service.idleEnd` allows, and waits until all have ended.
  func drain() {
    Clock.sleep(until: service.idleEnd ?? 0)
    for descriptor in open.withLock({ Array($0.values) }) { descriptor.endReceiving() }
    while open.withLock({ !$0.isEmpty }) { Clock.sleep(until: Clock.monotonic.now() + Service.pause) }
  }

  /// One thread: serves a connection until it ends.
  private func serve(_ descriptor: Descriptor, as worker: ServiceWorker) {
    let connection = ServerConnection(descriptor, now: worker.now)
    var limit = TimeLimit(of: descriptor)
    var wait = ServerConnection.Wait.readable
    while wait != .closed {
      switch wait {
      case .readable:
        limit.set(to: connection.deadline, isIdle: connection.isIdle)
        wait = connection.advance(as: worker, waits: true)
      case .writable:
        let isWritable = descriptor.waitUntilWritable(atMost: ServerConnection.sendTime)
        worker.wake()
        wait = isWritable ? connection.advance(as: worker) : connection.expire(as: worker)
      case .time(let nanoseconds, _):
        Clock.sleep(until: Clock.monotonic.now() + nanoseconds)
        worker.wake()
        wait = connection.finishWait(as: worker)
      case .closed: break
      }
    }
  }
}

/// The time for which a thread waits for its client.
private struct TimeLimit {
  private let descriptor: Descriptor
  private var isIdle: Bool?

  init(of descriptor: Descriptor) {
    self.descriptor = descriptor
  }

  /// Sets the limit, but not before every request: an idle time starts anew with each wait.
  mutating func set(to deadline: UInt64?, isIdle: Bool) {
    if isIdle, self.isIdle == true { return }
    self.isIdle = isIdle
    let now = Clock.monotonic.now()
    // A connection whose limit cannot be set is given the system's, which is none.
    try? descriptor.receiveWaiting(atMost: max(deadline ?? now, now) - now)
  }
}

import ModelKit
import Synchronization

/// A service of child tasks as one would write it first: a task per connection on Swift's task pool, and one thread that polls
/// all sockets and resumes the task of each that is ready.
///
/// No task blocks, but every request crosses from the polling thread to a thread of the pool and back, which costs a wake-up
/// each. The model `taskgroup` runs the tasks on the thread that polls (`LoopExecutor`). Waits of `/wait` suspend, even with
/// `?blocking`.
enum PolledTasks {
  static func serve(_ service: Service) throws {
    let listener = try service.listen()
    let poller = try SocketPoller(service)
    try service.startPart { try poller.run() }
    Task {
      await accept(from: listener, poller)
      poller.finish()
    }
    try service.announce(port: listener.port)
    try service.supervise(parts: 1)
  }

  /// Starts a child task for every connection, until the service drains, and waits for all of them.
  private static func accept(from listener: Listener, _ poller: SocketPoller) async {
    await withDiscardingTaskGroup { group in
      var turn = 0
      while !poller.service.isDraining {
        await poller.wait(for: listener.descriptor, .reading)
        // Without a descriptor left, the listener is ready again at once: this is no service for that.
        while let descriptor = try? listener.accept() {
          let number = turn % poller.service.workers
          group.addTask { await serve(descriptor, as: number, poller) }
          turn += 1
        }
      }
      listener.stop()
    }
  }

  /// One child task: serves a connection until it ends.
  private static func serve(_ descriptor: Descriptor, as number: Int, _ poller: SocketPoller) async {
    // Tasks of one worker run on several threads, so each connection has the memory of a worker.
    let worker = ServiceWorker(number, of: poller.service, hasOwnCPUTime: false)
    let connection = ServerConnection(descriptor, now: worker.now)
    var wait = ServerConnection.Wait.readable
    while wait != .closed {
      switch wait {
      case .readable, .writable:
        let isReady = await poller.wait(for: descriptor, wait == .readable ? .reading : .writing)
        worker.wake()
        wait = isReady ? connection.advance(as: worker) : connection.end(as: worker)
      case .time(let nanoseconds, _):
        try? await Task.sleep(nanoseconds: nanoseconds)
        worker.wake()
        wait = connection.finishWait(as: worker)
      case .closed: break
      }
    }
  }
}

/// The thread that polls all sockets. It watches a socket from the moment at which a task waits for it until it is ready, so that
/// one which its task has not read yet is not reported again.
private final class SocketPoller: Sendable {
  let service: Service
  private let queue: EventQueue
  private let state = Mutex(State())

  private struct State {
    /// The tasks that wait and their sockets, by the number of the descriptor.
    var waiters: [UInt64: (descriptor: Descriptor, task: UnsafeContinuation<Bool, Never>)] = [:]
    var isDraining = false
    var isFinished = false
  }

  private static let drainToken = UInt64.max

  init(_ service: Service) throws(SystemError) {
    self.service = service
    queue = try EventQueue()
    try queue.watch(service.drainSignal, as: Self.drainToken)
  }

  /// Suspends the task until the socket is ready.
  ///
  /// - Returns: Whether it is; `false` if the service drains.
  @discardableResult
  func wait(for descriptor: Descriptor, _ interest: EventQueue.Interest) async -> Bool {
    let token = UInt64(UInt32(bitPattern: descriptor.number))
    return await withUnsafeContinuation { task in
      let isDraining = state.withLock { state in
        if !state.isDraining { state.waiters[token] = (descriptor, task) }
        return state.isDraining
      }
      if isDraining { return task.resume(returning: false) }
      // The event may come at once, and resume the task before this returns.
      do { try queue.watch(descriptor, as: token, for: interest) } catch { resume(token, isReady: false) }
    }
  }

  /// Resumes tasks until `finish()` is called.
  func run() throws(SystemError) {
    while !state.withLock({ $0.isFinished }) {
      try queue.wait(for: service.isDraining ? Service.pause : nil) { event in
        if event.token == Self.drainToken { drain() } else { resume(event.token, isReady: true) }
      }
    }
  }

  /// Makes `run()` return once the service drains.
  func finish() {
    state.withLock { $0.isFinished = true }
  }

  private func resume(_ token: UInt64, isReady: Bool) {
    guard let waiter = state.withLock({ $0.waiters.removeValue(forKey: token) }) else { return }
    queue.unwatch(waiter.descriptor)
    waiter.task.resume(returning: isReady)
  }

  /// Resumes all tasks that wait for a socket: their connections end.
  private func drain() {
    queue.unwatch(service.drainSignal)
    let tokens = state.withLock { state in
      state.isDraining = true
      return Array(state.waiters.keys)
    }
    for token in tokens { resume(token, isReady: false) }
  }
}

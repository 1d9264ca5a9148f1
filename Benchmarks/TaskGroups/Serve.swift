import ModelKit

/// The service of structured tasks: a child task per connection, written as if it had the thread to itself.
///
/// A task that waits for its client is suspended and holds no thread. It prefers an executor that is an event loop
/// (`LoopExecutor`): when the system says that a socket is ready, the task that waits for it goes on, on the thread of that
/// loop. There is a loop per worker, and connections get them in turn. The group ends when all of its connections have.
extension TaskGroups {
  static func serve(_ service: Service) throws {
    let listener = try service.listen()
    let loops = try (0..<service.workers).map { try LoopExecutor($0, of: service) }
    for loop in loops { try service.startPart { try loop.run() } }
    Task(executorPreference: loops[0]) {
      await accept(from: listener, on: loops)
      loops.forEach { $0.finish() }
    }
    try service.announce(port: listener.port)
    try service.supervise(parts: loops.count)
  }

  /// Starts a child task for every connection, until the service drains, and waits for all of them.
  private static func accept(from listener: Listener, on loops: [LoopExecutor]) async {
    await withDiscardingTaskGroup { group in
      var turn = 0
      while let descriptor = await loops[0].nextConnection(from: listener) {
        let loop = loops[turn % loops.count]
        group.addTask(executorPreference: loop) { await serve(descriptor, on: loop) }
        turn += 1
      }
      listener.stop()
    }
  }

  /// One child task: serves a connection until it ends.
  private static func serve(_ descriptor: Descriptor, on loop: LoopExecutor) async {
    let worker = loop.worker
    let connection = ServerConnection(descriptor, now: worker.now)
    guard let socket = loop.watch(descriptor) else { return }
    defer { loop.forget(socket) }
    var wait = ServerConnection.Wait.readable
    while wait != .closed {
      switch wait {
      case .readable, .writable:
        let isReady = await loop.wait(
          for: socket, wait == .readable ? .reading : .writing, until: connection.deadline,
          isIdle: connection.isIdle)
        wait = isReady ? connection.advance(as: worker) : connection.expire(as: worker)
      case .time(let nanoseconds, isBlocking: false):
        await loop.sleep(socket, for: nanoseconds)
        wait = connection.finishWait(as: worker)
      case .time(let nanoseconds, isBlocking: true):
        Clock.sleep(until: Clock.monotonic.now() + nanoseconds)
        worker.wake()
        wait = connection.finishWait(as: worker)
      case .closed: break
      }
    }
  }
}

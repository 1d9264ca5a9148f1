import ModelKit
import Synchronization

/// An executor that is an event loop: one thread that runs tasks until all of them are suspended, asks the system which sockets are
/// ready, and resumes the tasks that wait for those (SE-0417).
///
/// `@unchecked Sendable`: `state` is locked, and everything else is used on the loop's own thread only: by `run`, and by the
/// tasks that prefer this executor, which run nowhere else.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
  /// The worker as which tasks answer.
  let worker: ServiceWorker

  private struct State {
    var jobs: [UnownedJob] = []
    /// Whether the thread waits for events, so that a job from another thread has to wake it.
    var isAsleep = false
    var isFinished = false
  }

  private let service: Service
  private let queue: EventQueue
  private let wakePipe: Pipe
  private let state = Mutex(State())
  private var events: [UInt64] = []
  private var sockets = SlotMap<Socket>()
  private var times = DeadlineHeap()
  private var nextSweep: UInt64
  /// The listener for which a task waits.
  private var listenerSocket: Socket?
  /// Whether no more connections begin, and those that are being made are the last.
  private var hasHeldOff = false

  private static let drainToken = UInt64.max
  private static let wakeToken = UInt64.max - 1

  /// A socket for which at most one task waits at a time.
  final class Socket {
    let descriptor: Descriptor
    fileprivate(set) var token: UInt64 = 0
    fileprivate var interest = EventQueue.Interest.reading
    fileprivate var waiter: UnsafeContinuation<Bool, Never>?
    fileprivate var deadline: UInt64?
    fileprivate var isIdle = false

    fileprivate init(_ descriptor: Descriptor) {
      self.descriptor = descriptor
    }
  }

  /// Creates the executor of a worker.
  ///
  /// - Throws: `SystemError`.
  init(_ number: Int, of service: Service) throws(SystemError) {
    self.service = service
    worker = ServiceWorker(number, of: service, hasOwnCPUTime: true)
    nextSweep = worker.now + Service.sweepInterval
    queue = try EventQueue()
    wakePipe = try Pipe()
    try queue.watch(wakePipe.reader, as: Self.wakeToken)
    try queue.watch(service.drainSignal, as: Self.drainToken)
  }

  /// Runs tasks on the calling thread until `finish()` is called.
  ///
  /// - Throws: `SystemError`.
  func run() throws(SystemError) {
    while true {
      runJobs()
      let (isFinished, isAsleep) = state.withLock { state in
        state.isAsleep = state.jobs.isEmpty
        return (state.isFinished, state.isAsleep)
      }
      if isFinished { return }
      if isAsleep { try waitForEvents() }
    }
  }

  /// Makes `run()` return.
  func finish() {
    add { $0.isFinished = true }
  }

  /// Called by the system when a task can go on.
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    add { $0.jobs.append(job) }
  }

  private func add(_ change: (inout State) -> Void) {
    let wasAsleep = state.withLock { state in
      change(&state)
      defer { state.isAsleep = false }
      return state.isAsleep
    }
    // A full pipe wakes the thread, too.
    if wasAsleep { try? wakePipe.writer.write([1]) }
  }

  private func runJobs() {
    while true {
      let jobs = state.withLock { state in
        defer { state.jobs.removeAll() }
        return state.jobs
      }
      if jobs.isEmpty { return }
      for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }

  private func waitForEvents() throws(SystemError) {
    let next = min(times.first?.time ?? .max, nextSweep)
    try queue.wait(for: next > worker.now ? next - worker.now : 0) { events.append($0.token) }
    state.withLock { $0.isAsleep = false }
    worker.wake()
    for token in events {
      switch token {
      case Self.drainToken: drain()
      case Self.wakeToken: _ = try wakePipe.reader.read(atMost: 4096)
      default: wake(token)
      }
    }
    events.removeAll(keepingCapacity: true)
    while let entry = times.popFirst(until: worker.now) { wake(entry.token) }
    if worker.now >= nextSweep { sweep() }
  }
}

/// The events that tasks wait for.
extension LoopExecutor {
  /// Watches a socket; `nil` if the system has no memory for that.
  func watch(_ descriptor: Descriptor) -> Socket? {
    let socket = Socket(descriptor)
    socket.token = sockets.insert(socket)
    do { try queue.watch(descriptor, as: socket.token) } catch {
      forget(socket)
      return nil
    }
    return socket
  }

  /// Forgets a socket that is closed next.
  func forget(_ socket: Socket) {
    sockets.remove(socket.token)
  }

  /// Suspends the task until the socket is ready.
  ///
  /// - Parameters:
  ///   - deadline: The time at which to wait no longer.
  ///   - isIdle: Whether to wait no longer than connections without a request may when the service drains.
  /// - Returns: Whether it is ready; `false` if the time is over.
  func wait(
    for socket: Socket, _ interest: EventQueue.Interest, until deadline: UInt64? = nil, isIdle: Bool = false
  ) async -> Bool {
    change(socket, to: interest)
    (socket.deadline, socket.isIdle) = (deadline, isIdle)
    // Unsafe, because a check would cost an allocation per request. It is resumed once: `wake` takes it away first.
    return await withUnsafeContinuation { socket.waiter = $0 }
  }

  /// Suspends the task for a time in nanoseconds.
  func sleep(_ socket: Socket, for nanoseconds: UInt64) async {
    change(socket, to: [])
    (socket.deadline, socket.isIdle) = (nil, false)
    times.insert(socket.token, at: Clock.monotonic.now() + nanoseconds)
    _ = await withUnsafeContinuation { socket.waiter = $0 }
  }

  /// Returns the next connection; `nil` when the service drains and all that have been made are accepted.
  func nextConnection(from listener: Listener) async -> Descriptor? {
    if listenerSocket == nil { listenerSocket = watch(listener.descriptor) }
    guard let socket = listenerSocket else { return nil }
    while true {
      do throws(SystemError) {
        if let connection = try listener.accept() { return connection }
        if hasHeldOff { return nil }
        if service.isDraining {
          listener.holdOff()
          hasHeldOff = true
          await sleep(socket, for: Service.pause)
          continue
        }
        _ = await wait(for: socket, .reading)
      } catch {
        if hasHeldOff { return nil }
        // No descriptor is left: the listener would be reported again and again.
        await sleep(socket, for: Service.pause)
      }
    }
  }

  private func change(_ socket: Socket, to interest: EventQueue.Interest) {
    if socket.interest == interest { return }
    socket.interest = interest
    // It fails only for a descriptor that is not watched.
    try? queue.change(socket.descriptor, as: socket.token, to: interest)
  }

  private func wake(_ token: UInt64, isReady: Bool = true) {
    guard let socket = sockets[token], let waiter = socket.waiter else { return }
    socket.waiter = nil
    waiter.resume(returning: isReady)
  }

  private func drain() {
    queue.unwatch(service.drainSignal)
    nextSweep = worker.now + Service.pause
    if let listenerSocket { wake(listenerSocket.token) }
  }

  /// Wakes the tasks that have waited for too long.
  private func sweep() {
    nextSweep = worker.now + (service.isDraining ? Service.pause : Service.sweepInterval)
    for token in sockets.keys {
      guard let socket = sockets[token] else { continue }
      if service.isOver(deadline: socket.deadline, isIdle: socket.isIdle, at: worker.now) {
        wake(token, isReady: false)
      }
    }
  }
}

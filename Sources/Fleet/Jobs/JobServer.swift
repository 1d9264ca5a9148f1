import HTTP
import Platform
import Records

/// A queue of jobs as a process: clients put jobs into it over HTTP, and instances get them one after another. It is one thread.
///
/// It claims a job for an instance, sends its request, checks the answer and keeps it. After a broken connection or a late answer
/// the job goes back into the queue, so it is done at least once; its first result is kept. A client is answered when its job
/// is durable.
public final class JobServer {
  /// The reason that it ended in order.
  public enum End: Equatable, Sendable {
    /// Standard input ended.
    case inputEnded
    /// A signal asked for it.
    case signal(Int32)
  }

  /// The functions with which it informs its program.
  public struct Output {
    /// Called with the port when it accepts jobs.
    public let ready: (Int) throws -> Void
    /// Called with the status when a command asks for it.
    public let status: (FrontStatus) throws -> Void
    /// Called with a note for people, one line.
    public let note: (String) -> Void

    /// Creates an output.
    public init(
      ready: @escaping (Int) throws -> Void, status: @escaping (FrontStatus) throws -> Void,
      note: @escaping (String) -> Void
    ) {
      (self.ready, self.status, self.note) = (ready, status, note)
    }
  }

  let settings: JobSettings
  let output: Output
  let events: EventQueue
  let listener: Listener
  private var input = ArrivingLines(from: StandardInput.source, named: StandardInput.name)
  let signals: SignalPipe
  let start: UInt64
  /// The time at which the loop last woke.
  var now: UInt64
  var jobs: JobQueue
  var store: any JobStore
  var clients: [UInt64: JobClient] = [:]
  /// The instances in the order in which they were added.
  var targets: [JobTarget] = []
  /// The instances by the numbers of their connections.
  var owners: [UInt64: JobTarget] = [:]
  /// The place of the instance after the last that got a job.
  var turn = 0
  /// The jobs that clients asked to add, that were not accepted, and whose answer was wrong.
  var (requests, refused, wrongAnswers): (UInt64, UInt64, UInt64) = (0, 0, 0)
  /// The jobs that the store has not accepted yet.
  var unanswered = 0
  /// The times from accepting jobs to their ends since the last status.
  var latency = LatencyHistogram()
  var writer = ResponseWriter()
  var isReady = false
  private var nextToken = Token.first.rawValue
  private var nextSweep: UInt64
  private var isListening = false
  private var watchedStore: Descriptor?
  private var end: End?
  private var suspension: SuspensionWatch

  /// The tokens of the watched descriptors.
  enum Token: UInt64 {
    case listener, input, signals, store, first
  }

  /// The time between two sweeps for clients that take too long, in nanoseconds.
  private static let sweepInterval: UInt64 = 1_000_000_000
  private static let acceptedAtOnce = 64
  private static let mostConnections = 4096

  /// Opens the port and the store.
  ///
  /// - Throws: `JobServerError`.
  public init(_ settings: JobSettings, _ output: Output) throws(JobServerError) {
    (self.settings, self.output) = (settings, output)
    suspension = SuspensionWatch(settings.checks)
    start = Clock.monotonic.now()
    (now, nextSweep) = (start, start + Self.sweepInterval)
    do throws(SystemError) {
      // A client or a reader of the status that has gone must not end the queue.
      signals = try SignalPipe(SignalPipe.endRequests)
      events = try EventQueue()
      listener = try Listener(address: settings.address, port: settings.port)
      reserveDescriptors(Self.mostConnections)
    } catch {
      throw .system(error)
    }
    do throws(JournalError) {
      (jobs, store) = try Self.store(of: settings, now: now)
    } catch {
      throw .journal(error)
    }
    for target in settings.targets { try add(target.name, target.address, target.port) }
  }

  private static func store(
    of settings: JobSettings, now: UInt64
  ) throws(JournalError) -> (JobQueue, any JobStore) {
    var path: String?
    switch settings.storage {
    case .redis(let address):
      // Redis keeps the results.
      let claimAge = settings.timeout + RedisStore.claimDelay
      return (
        JobQueue(mostFailures: settings.attempts, retention: 0),
        RedisStore(address, claimAge: claimAge, now: now)
      )
    case .journal(let file): path = file
    case .memory: break
    }
    var jobs = JobQueue(mostFailures: settings.attempts)
    let store = try JournalStore(path, restoring: &jobs)
    return (jobs, store)
  }

  /// Serves until it is asked to end.
  ///
  /// - Throws: `JobServerError`, and what the output throws.
  public func run() throws -> End {
    try watch()
    while end == nil {
      var ready: [EventQueue.Event] = []
      let (began, limit) = (Clock.monotonic.now(), timeout)
      var delay = suspension.note(at: began, next: began + limit)
      try events.wait(for: limit) { ready.append($0) }
      now = Clock.monotonic.now()
      delay += suspension.note(at: now, next: now)
      for event in ready { try handle(event) }
      if delay > 0 { resume(after: delay) }
      checkTargets()
      dispatch()
      try advanceStore(isReady: ready.contains { $0.token == Token.store.rawValue })
      dispatch()
      if now >= nextSweep { sweep() }
    }
    // The outcomes that came last are kept too.
    try advanceStore(isReady: false)
    store.close(jobs)
    return end ?? .inputEnded
  }

  /// Returns the token of a descriptor that is newly watched.
  func newToken() -> UInt64 {
    defer { nextToken += 1 }
    return nextToken
  }
}

/// The loop.
extension JobServer {
  private func watch() throws {
    try events.watch(signals.descriptor, as: Token.signals.rawValue)
    guard settings.isControlled else { return }
    do throws(SystemError) {
      try events.watch(StandardInput.source, as: Token.input.rawValue)
    } catch {
      // Files are always ready and cannot be watched.
      guard error.isForbidden else { throw error }
      while end == nil { try readCommands() }
    }
  }

  /// Accepts clients from now on.
  func listen() throws {
    guard !isListening else { return }
    try events.watch(listener.descriptor, as: Token.listener.rawValue)
    isListening = true
    if !isReady { try output.ready(listener.port) }
    isReady = true
  }

  private func handle(_ event: EventQueue.Event) throws {
    switch Token(rawValue: event.token) {
    case .listener: acceptClients()
    case .signals:
      if let signal = signals.take().first(where: SignalPipe.endRequests.contains) { end = .signal(signal) }
    case .input: try readCommands()
    case .store: break
    case .first, nil:
      if let client = clients[event.token] {
        client.advance(at: now, answering(client.token))
        settle(client)
      } else if let target = owners[event.token] {
        advance(target, event.token)
      }
    }
  }

  private func readCommands() throws {
    guard let lines = try input.next() else {
      end = .inputEnded
      return
    }
    for line in lines {
      guard let command = FrontCommand(line) else { throw JobServerError.invalidCommand(line) }
      switch command {
      case .add(let name, let address, let port): try add(name, address, port)
      case .drain(let name): try drain(target(name))
      case .remove(let name): remove(try target(name))
      case .status: try output.status(status())
      }
    }
  }

  /// The time until something has to be done without an event.
  private var timeout: UInt64 {
    var next = min(nextSweep, store.deadline ?? .max)
    for target in targets { next = min(next, target.deadline ?? .max) }
    let now = Clock.monotonic.now()
    return next > now ? next - now : 0
  }

  /// Watches the store's socket, which is another after it was lost.
  func watchStore() throws(SystemError) {
    guard let socket = store.descriptor else {
      watchedStore = nil
      return
    }
    if socket === watchedStore {
      try events.change(socket, as: Token.store.rawValue, to: store.interest)
    } else {
      try events.watch(socket, as: Token.store.rawValue, for: store.interest)
      watchedStore = socket
    }
  }

  private func acceptClients() {
    do throws(SystemError) {
      for _ in 0..<Self.acceptedAtOnce {
        guard let descriptor = try listener.accept() else { return }
        let client = JobClient(descriptor, token: newToken(), now: now)
        try events.watch(descriptor, as: client.token)
        clients[client.token] = client
      }
    } catch {
      // No descriptor is left: those that wait would be reported again and again.
      events.unwatch(listener.descriptor)
      isListening = false
    }
  }

  private func sweep() {
    nextSweep = now + Self.sweepInterval
    for client in clients.values where client.deadline <= now {
      client.expire()
      settle(client)
    }
    if isReady, !isListening { try? listen() }
  }
}

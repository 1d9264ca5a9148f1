import Synchronization

/// A service that a model runs: what `scaleup-<model> serve` asks for, and what all its workers share.
///
/// A model starts its workers, has each serve connections until `isDraining`, and waits for the end in `supervise`, or as
/// the fork model does. Workers share this object if they are threads, and its descriptors and counters if they are processes.
public final class Service: Sendable {
  /// The model's name.
  public let model: String
  /// The numeric address to listen on.
  public let address: String
  /// The port that was asked for; 0 lets the system choose.
  public let port: Int
  /// The number of workers.
  public let workers: Int
  /// The way in which forked workers share the port.
  public let accepting: AcceptStrategy
  /// The time for answers in flight after a request to end, in nanoseconds.
  public let grace: UInt64
  /// The counters of the workers.
  public let counters: ServiceCounters
  /// The pacer of the whole service if it may use only a share of the machine. Workers with a thread of their own have their
  /// part of its share each; all others share it.
  let pacer: Pacer?
  /// The time before it listens, in nanoseconds.
  let startUp: UInt64

  private let isJSON: Bool
  private let caught: SignalPipe?
  private let drainPipe: Pipe
  private let partsPipe: Pipe
  private let failure = FirstError()
  private let drainStart = Atomic<UInt64>(0)

  /// Creates the service that a command line asks for.
  ///
  /// - Parameter endRequests: The signals at which it drains, caught from now on; none for a service that is not run.
  /// - Throws: `SystemError`.
  init(
    model: String, _ arguments: ServiceArguments, drainingAt endRequests: [Int32] = []
  ) throws(SystemError) {
    caught = endRequests.isEmpty ? nil : try SignalPipe(endRequests)
    self.model = model
    address = arguments.address
    port = arguments.port
    workers = arguments.workers
    accepting = arguments.accepting
    grace = arguments.grace
    startUp = arguments.startUp
    isJSON = arguments.isJSON
    // The time until now is that of starting, not of work.
    pacer = arguments.share.map { Pacer(share: $0, after: Clock.processCPU.now()) }
    counters = try ServiceCounters(workers: arguments.workers)
    drainPipe = try Pipe()
    partsPipe = try Pipe()
    // Connections are descriptors: as many as the system allows.
    reserveDescriptors(1_000_000)
    ignoreBrokenPipes()
  }

  /// Opens the listener.
  ///
  /// - Throws: `SystemError`.
  public func listen() throws(SystemError) -> Listener {
    try Listener(address: address, port: port)
  }

  /// Opens a listener for each worker, all on the same port. The system distributes connections among them.
  ///
  /// - Throws: `SystemError`.
  public func listenPerWorker() throws(SystemError) -> [Listener] {
    var listeners = [try listen(sharing: port)]
    while listeners.count < workers { listeners.append(try listen(sharing: listeners[0].port)) }
    return listeners
  }

  /// Opens a listener on a port that other listeners of this service may have, too.
  ///
  /// - Throws: `SystemError`.
  public func listen(sharing port: Int) throws(SystemError) -> Listener {
    try Listener(address: address, port: port, sharesPort: true)
  }

  /// Moves this thread, and those that it creates, to as many CPUs as there are workers, for a model whose threads are more than
  /// its workers. Does nothing if there are no more CPUs than that, or if the system lets no program choose.
  ///
  /// - Throws: `SystemError`.
  public func bindToWorkers() throws(SystemError) {
    let topology = Topology.usable()
    guard Processor.canBind, workers < CPULimits.ofThisProcess().effective,
      let cpus = try? Placement.cores.cpus(of: workers, on: topology)
    else { return }
    try Processor.bind(to: cpus)
  }

  /// Says on standard output that the service is ready.
  ///
  /// - Parameter port: The port on which it listens.
  /// - Throws: `SystemError`.
  public func announce(port: Int) throws(SystemError) {
    let record = ServiceRecord(
      model: model, workers: workers, address: address, port: port, process: Int(ThisProcess.identifier))
    let line =
      isJSON
      ? record.jsonText
      : "listening on http://\(socketName(address, port)) (\(Readable.count(workers, "worker")), "
        + "process \(record.process))"
    try StandardStream.output.write(line + "\n")
  }

  /// Says on standard error what is worth knowing about a running service.
  public func note(_ text: String) {
    StandardStream.error.offer("scaleup-\(model): \(text)\n")
  }
}

/// Times, in nanoseconds.
extension Service {
  /// The time between two looks for clients that take too long.
  public static let sweepInterval: UInt64 = 1_000_000_000
  /// The same while the service drains; the time in which the connections are made that had begun before; and the time until a
  /// connection is accepted again after no descriptor was left.
  public static let pause: UInt64 = 50_000_000
}

/// Signals.
extension Service {
  /// The signals that ask the service to end. They are caught before it listens: one that comes at once does not kill it.
  public var signals: SignalPipe {
    guard let caught else { preconditionFailure("a service that is run has signals at which it drains") }
    return caught
  }
}

/// Draining: no new connections, answers in flight are finished.
extension Service {
  /// Readable from the moment at which the service drains, for ever and for every process.
  public var drainSignal: Descriptor { drainPipe.reader }

  /// The descriptors that a forked worker needs to drain.
  public var drainDescriptors: [Descriptor] { [drainPipe.reader, drainPipe.writer] }

  /// Whether the service drains. A forked worker learns it from `drainSignal` and calls `drain()` itself.
  public var isDraining: Bool { drainStart.load(ordering: .relaxed) != 0 }

  /// The time at which connections without a request are closed, by the monotonic clock; `nil` before the service drains.
  ///
  /// A client may have sent a request over an open connection before it could learn that the service ends. So such
  /// connections stay open for a second, or half of the grace if that is less, and a request that comes is answered with
  /// `Connection: close`.
  public var idleEnd: UInt64? {
    let start = drainStart.load(ordering: .relaxed)
    return start == 0 ? nil : start + min(grace / 2, 1_000_000_000)
  }

  /// Returns whether a connection is to be ended: its client has taken too long, or no request has begun and the service drains
  /// for so long that none is waited for.
  ///
  /// - Parameters:
  ///   - deadline: The time at which the client has taken too long; `nil` if it is not the client that is waited for.
  ///   - isIdle: Whether no request has begun.
  ///   - now: The time by the monotonic clock.
  public func isOver(deadline: UInt64?, isIdle: Bool, at now: UInt64) -> Bool {
    if let deadline, deadline <= now { return true }
    guard isIdle, let idleEnd else { return false }
    return idleEnd <= now
  }

  /// Begins to drain.
  public func drain() {
    if isDraining { return }
    drainStart.store(max(1, Clock.monotonic.now()), ordering: .relaxed)
    // A byte that nobody reads. Only a full pipe refuses it, which is readable.
    try? drainPipe.writer.write([1])
  }
}

/// Parts of a service that run on threads of this process.
extension Service {
  /// Starts a thread that runs a part of the service until it drains.
  ///
  /// - Throws: `SystemError` if the thread cannot be created.
  public func startPart(_ body: @escaping @Sendable () throws -> Void) throws(SystemError) {
    let thread = try Thread { [self] in
      do { try body() } catch { fail(error) }
      endPart()
    }
    thread.detach()
  }

  /// Tells the supervisor that a part has ended.
  public func endPart() {
    try? partsPipe.writer.write([1])
  }

  /// Ends the service because a part of it cannot go on.
  public func fail(_ error: any Error) {
    failure.offer(error)
    drain()
  }

  /// Waits for a request to end, then for the parts to end, at most as long as the grace.
  ///
  /// - Parameter parts: The number of parts, each of which ends with `endPart()`.
  /// - Throws: `ServiceError`, or the error of a part.
  public func supervise(parts: Int) throws {
    var running = parts
    while running > 0 {
      let ready = try poll([signals.descriptor, partsPipe.reader], for: try timeLeft())
      if ready.contains(0), let signal = signals.take().first { try end(by: signal) }
      if ready.contains(1) { running -= try partsPipe.reader.read(atMost: 4096).count }
    }
    if let error = failure.value { throw error }
  }

  /// Begins to drain at the first request to end. A second one does not wait for what is in flight.
  ///
  /// - Throws: `ServiceError`, at the second.
  public func end(by signal: Int32) throws(ServiceError) {
    if isDraining { throw .interrupted(signal) }
    drain()
  }

  /// Returns the rest of the grace in nanoseconds; `nil` before the service drains.
  ///
  /// - Throws: `ServiceError` if nothing is left of it.
  public func timeLeft() throws(ServiceError) -> UInt64? {
    let start = drainStart.load(ordering: .relaxed)
    if start == 0 { return nil }
    let now = Clock.monotonic.now()
    if now >= start + grace { throw .unfinished(Int(counters.inFlight), grace: grace) }
    return start + grace - now
  }
}

/// The reason that a service did not end in order.
public enum ServiceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// So many requests were in flight when the grace was over.
  case unfinished(Int, grace: UInt64)
  /// A second signal came while the service drained.
  case interrupted(Int32)
  /// All workers were given up.
  case noWorkers
  /// So many workers died while the service drained.
  case lostWorkers(Int)

  /// One line that says what happened.
  public var description: String {
    switch self {
    case .unfinished(let count, let grace):
      "not all connections ended within the grace of \(Readable.duration(nanoseconds: Double(grace)))"
        + (count == 0 ? "" : ": \(Readable.count(count, "request")) in flight") + " (raise --grace)"
    case .interrupted: "ended by a second signal before all requests were answered"
    case .noWorkers: "no worker is left (the lines above say why each was given up)"
    case .lostWorkers(let count):
      "\(Readable.count(count, "worker")) died before all requests were answered"
    }
  }

  /// The exit status.
  var status: Int32 {
    if case .interrupted(let signal) = self { 128 + signal } else { 1 }
  }
}

/// The first error of several threads.
///
/// `@unchecked Sendable`: only the thread that finds `isTaken` false stores the error, once, and it is read only after `isStored`
/// says that it was.
private final class FirstError: @unchecked Sendable {
  private let isTaken = Atomic<Bool>(false)
  private let isStored = Atomic<Bool>(false)
  private var error: (any Error)?

  /// The first error; `nil` if there is none.
  var value: (any Error)? { isStored.load(ordering: .acquiring) ? error : nil }

  /// Keeps an error if it is the first.
  func offer(_ error: any Error) {
    if isTaken.exchange(true, ordering: .relaxed) { return }
    self.error = error
    isStored.store(true, ordering: .releasing)
  }
}

import HTTP
import Platform
import Records

/// A reverse proxy for HTTP/1.1: it passes each request to one of its targets that pass their health checks, and the answer back.
///
/// It is one thread and one event loop. A request of a client is parsed and its head sent to a target over a connection that is
/// kept for the next request. Bodies are passed on as they arrive, in both directions, no faster than the other side takes
/// them. Health checks run in the same loop, over connections of their own.
///
/// It belongs to the thread that calls it.
public final class Balancer {
  /// A change of a target's state.
  public struct Change: Equatable, Sendable {
    /// The target's name.
    public let name: String
    /// The new state.
    public let state: FrontStatus.State
    /// The last failed check; `nil` if none failed since the last good one.
    public let problem: String?
  }

  /// The settings.
  public let settings: BalancerSettings
  /// Called with each change of a target's state.
  public var onChange: ((Change) -> Void)?

  let listener: Listener
  let queue: EventQueue
  var slots = SlotMap<BalancerSlot>()
  /// The number of connections of clients.
  var clients = 0
  var targets: [BalancedTarget] = []
  /// The targets that get requests: those that are healthy, or all that are unhealthy if none is.
  var ready: [BalancedTarget] = []
  var turn = TargetTurn()

  /// The time, by the monotonic clock, at which it started, and now.
  let startedAt: UInt64
  var now: UInt64
  /// The number of times that it has waited.
  var round: UInt64 = 0
  /// The times of the next sweep and of the next event of a health check.
  var nextSweep: UInt64
  var nextCheck = UInt64.max
  /// The time at which it began to end; `nil` before.
  var endBegan: UInt64?
  private var suspension: SuspensionWatch
  var isAccepting = true
  /// Whether no connection is accepted any more.
  var hasStopped = false
  /// The requests that were given up at the end of the grace.
  public internal(set) var unfinished = 0
  /// The handlers of descriptors that others watch in its loop.
  var sources: [() -> Void] = []
  /// The error that ends the loop.
  var failure: BalancerError?

  var requests: UInt64 = 0
  var answered: UInt64 = 0
  var failed: UInt64 = 0
  var latency = LatencyHistogram()

  /// Memory for bytes that are received, and for those that are sent.
  let buffer: UnsafeMutableRawBufferPointer
  var output: [UInt8] = []
  var writer = ResponseWriter()
  /// The value of Host for a request that has none.
  let host: [UInt8]

  static let bufferSize = 64 << 10
  static let listenerToken = UInt64.max
  /// The token of the first descriptor that is watched for others. The next ones count down from it.
  static let sourceToken = UInt64.max - 1
  static let mostSources: UInt64 = 16

  /// Creates a balancer that listens.
  ///
  /// - Throws: `BalancerError`.
  public init(_ listener: Listener, address: String, settings: BalancerSettings) throws(BalancerError) {
    (self.listener, self.settings) = (listener, settings)
    host = Array(socketName(address, listener.port).utf8)
    now = Clock.monotonic.now()
    (startedAt, nextSweep) = (now, now)
    suspension = SuspensionWatch(settings.check)
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
    do throws(SystemError) {
      queue = try EventQueue()
      try queue.watch(listener.descriptor, as: Self.listenerToken)
    } catch {
      buffer.deallocate()
      throw .system(error)
    }
  }

  deinit {
    buffer.deallocate()
  }

  /// The port that clients use.
  public var port: Int { listener.port }

  /// Passes requests on until it was asked to end and every connection has ended.
  ///
  /// - Throws: `BalancerError`.
  public func run() throws(BalancerError) {
    while !hasStopped || clients > 0 { try step() }
  }

  /// Asks it to end: no more connections are accepted, requests in flight are finished within the grace.
  public func end() {
    if endBegan != nil { return }
    now = Clock.monotonic.now()
    endBegan = now
    listener.holdOff()
    nextSweep = now + Self.endPause
  }

  /// Watches a descriptor in the loop, until it is unwatched.
  ///
  /// - Parameter handle: Called whenever there is something to read.
  /// - Throws: `BalancerError`.
  public func watch(_ descriptor: Descriptor, _ handle: @escaping () -> Void) throws(BalancerError) {
    precondition(sources.count < Self.mostSources, "too many sources")
    do throws(SystemError) {
      try queue.watch(descriptor, as: Self.sourceToken - UInt64(sources.count))
    } catch {
      throw .system(error)
    }
    sources.append(handle)
  }

  /// Stops watching a descriptor.
  public func unwatch(_ descriptor: Descriptor) {
    queue.unwatch(descriptor)
  }
}

/// The loop.
extension Balancer {
  /// The time between two sweeps while it ends, while no connection can be accepted, and before connections without a request are
  /// closed at its end.
  static let endPause: UInt64 = 50_000_000

  /// Waits for events once, and handles them.
  func step() throws(BalancerError) {
    let (began, limit) = (Clock.monotonic.now(), timeout)
    let before = suspension.note(at: began, next: limit.map { began + $0 })
    do throws(SystemError) {
      try queue.wait(for: limit) { handle($0) }
    } catch {
      throw .system(error)
    }
    round &+= 1
    if let failure { throw failure }
    now = Clock.monotonic.now()
    // Answers that came meanwhile have been handled.
    let delay = before + suspension.note(at: now, next: now)
    if delay > 0 { resume(after: delay) }
    if now >= nextCheck { check() }
    if now >= nextSweep { sweep() }
  }

  /// The time until something has to be done without an event.
  private var timeout: UInt64? {
    var next = nextCheck
    if !slots.isEmpty || !isAccepting || endBegan != nil { next = min(next, nextSweep) }
    if next == .max { return nil }
    let now = Clock.monotonic.now()
    return next > now ? next - now : 0
  }

  private func handle(_ event: EventQueue.Event) {
    now = Clock.monotonic.now()
    if event.token > Self.sourceToken - Self.mostSources {
      if event.token == Self.listenerToken { return accept() }
      sources[Int(Self.sourceToken - event.token)]()
      return
    }
    switch slots[event.token] {
    case .client(let client): advance(client, event)
    case .target(let upstream): advance(upstream, event)
    case .check(let check): advance(check, event)
    case nil: break
    }
  }

  /// Watches a connection for other events. Returns `false` if that is impossible.
  func change(_ connection: some WatchedConnection, to interest: EventQueue.Interest) -> Bool {
    if interest == connection.interest { return true }
    (connection.interest, connection.interestChanged) = (interest, round)
    do throws(SystemError) {
      try queue.change(connection.descriptor, as: connection.token, to: interest)
      return true
    } catch {
      return false
    }
  }
}

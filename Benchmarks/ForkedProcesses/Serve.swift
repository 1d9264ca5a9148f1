import ModelKit

/// The service of forked processes: an event loop per worker, and a parent that only watches over them.
///
/// A port belongs to one process, but descriptors survive `fork(2)`: the children inherit the listener and accept from it
/// (`--accept shared`). The other ways are a listener per worker on the same port (`reuseport`), and a parent that accepts and
/// passes connections on (`pass`). A worker that dies takes down its own connections and no others; the parent forks a new one.
extension ForkedProcesses {
  static func serve(_ service: Service) throws {
    let parent = try ServingParent(service)
    defer { parent.end() }
    for number in 0..<service.workers { try parent.fork(number) }
    try service.announce(port: parent.port)
    try parent.watch()
  }
}

/// The parent of the workers of a service.
final class ServingParent {
  let service: Service
  /// The listener of each worker: all the same, or one for each.
  private var listeners: [Listener]
  /// The workers that serve, by their number; `nil` for one that was given up, or that has ended.
  private var workers: [ServingWorker?]
  /// The workers that could not be forked again, by their number.
  private var retries: [Int: ForkRetry] = [:]
  private var turn = 0
  /// The workers that died while the service drained.
  private var lost = 0

  var port: Int { listeners[0].port }

  init(_ service: Service) throws {
    self.service = service
    listeners =
      service.accepting == .reuseport
      ? try service.listenPerWorker() : Array(repeating: try service.listen(), count: service.workers)
    workers = Array(repeating: nil, count: service.workers)
    try service.signals.add([SignalPipe.childEnded])
  }

  /// Forks worker `number`, for the first time or again.
  ///
  /// - Parameter deaths: How often in a row the worker has died without an answer.
  /// - Throws: `SystemError`, in the parent.
  func fork(_ number: Int, deaths: Int = 0) throws {
    let channel = service.accepting == .pass ? try DescriptorChannel() : nil
    guard let process = try ChildProcess.fork() else { work(as: number, takingFrom: channel?.receiver) }
    workers[number] = ServingWorker(
      process: process, channel: channel?.sender,
      life: ServingLife(
        born: Clock.monotonic.now(), answersBefore: service.counters.answers(of: number), deaths: deaths))
  }

  /// The child: serves until the parent says to drain.
  private func work(as number: Int, takingFrom channel: Descriptor?) -> Never {
    let listener = listeners[number]
    closeDescriptors(except: service.drainDescriptors + [channel ?? listener.descriptor])
    do {
      // A signal to the whole group, such as Ctrl-C, is the parent's to handle.
      let ignored = try SignalPipe(SignalPipe.endRequests)
      let isShared = service.accepting == .shared
      let loop = try EventLoop(
        number, of: service, from: channel.map { .channel($0) } ?? .listener(listener, isShared: isShared))
      try withExtendedLifetime(ignored) { try loop.run() }
      ChildProcess.exitImmediately(0)
    } catch {
      service.note("worker \(number): \(error)")
      ChildProcess.exitImmediately(1)
    }
  }

  /// The parent: waits for signals and for dead children, and in the way `pass` for connections, until it is asked to end and
  /// all workers have drained.
  func watch() throws {
    while !retries.isEmpty || workers.contains(where: { $0 != nil }) {
      let passes = service.accepting == .pass && !service.isDraining
      let ready = try poll(
        [service.signals.descriptor] + (passes ? [listeners[0].descriptor] : []),
        for: try service.timeLeft() ?? timeToRetry)
      if ready.contains(1) { passConnection() }
      for signal in ready.contains(0) ? service.signals.take() : [] where signal != SignalPipe.childEnded {
        try service.end(by: signal)
        if passes { passLastConnections() }
      }
      try reap()
      if service.isDraining { retries = [:] }
      for (number, retry) in retries where retry.next <= Clock.monotonic.now() { forkAgain(number, retry) }
    }
    if !service.isDraining { throw ServiceError.noWorkers }
    if lost > 0 { throw ServiceError.lostWorkers(lost) }
  }

  /// Reaps the workers that have ended, and forks them again unless the service drains.
  private func reap() throws {
    for (number, worker) in workers.enumerated() {
      guard let worker, try worker.process.hasEnded() else { continue }
      let ended = try worker.process.reap()
      workers[number] = nil
      service.counters.endLife(of: number)
      if !service.isDraining {
        replace(number, worker, ended)
      } else if ended.status != .exited(0) {
        service.note(
          "worker \(number) (process \(worker.process.identifier)) \(ended.reason()) while it drained")
        lost += 1
      }
    }
  }

  private func replace(_ number: Int, _ worker: ServingWorker, _ ended: ChildProcess.Ended) {
    let deaths = worker.life.deaths(answers: service.counters.answers(of: number), now: Clock.monotonic.now())
    let name = "worker \(number) (process \(worker.process.identifier)) \(ended.reason())"
    if deaths == ServingLife.mostDeaths {
      giveUp(number, "\(name), the \(deaths)th time in a row without an answer")
      return
    }
    do {
      try fork(number, deaths: deaths)
      service.note("\(name); forked again as process \(workers[number]?.process.identifier ?? 0)")
    } catch let error as SystemError where ForkRetry.mayPass(error) {
      retries[number] = ForkRetry(deaths: deaths, at: Clock.monotonic.now())
      closeListener(of: number)
      service.note(
        "\(name), and another cannot be forked now: \(error); it is tried again for \(ForkRetry.limitText)")
    } catch {
      giveUp(number, "\(name), and another could not be forked: \(error)")
    }
  }

  /// The time until a worker is forked again; `nil` if none waits for that.
  private var timeToRetry: UInt64? {
    let now = Clock.monotonic.now()
    return retries.values.map(\.next).min().map { $0 - min($0, now) }
  }

  /// Tries again to fork a worker.
  private func forkAgain(_ number: Int, _ retry: ForkRetry) {
    do {
      if service.accepting == .reuseport { listeners[number] = try service.listen(sharing: port) }
      try fork(number, deaths: retry.deaths)
      retries[number] = nil
      service.note("worker \(number) was forked again as process \(workers[number]?.process.identifier ?? 0)")
    } catch {
      closeListener(of: number)
      retries[number] = retry.postponed(at: Clock.monotonic.now())
      if retries[number] == nil {
        giveUp(number, "worker \(number) could not be forked again for \(ForkRetry.limitText): \(error)")
      }
    }
  }

  private func giveUp(_ number: Int, _ reason: String) {
    closeListener(of: number)
    service.note("\(reason): it is given up")
  }

  /// Closes the listener of a worker, if it has its own, so that the system gives it no more connections.
  private func closeListener(of number: Int) {
    listeners[number] = listeners[(number + 1) % listeners.count]
  }

  /// Passes a connection to the next worker in turn, and returns whether there was one.
  @discardableResult
  private func passConnection() -> Bool {
    let accepted: Descriptor?
    do { accepted = try listeners[0].accept() } catch {
      // No descriptor is left: the listener would be reported again and again.
      Clock.sleep(until: Clock.monotonic.now() + Service.pause)
      return false
    }
    guard let connection = accepted else { return false }
    for _ in workers.indices {
      turn = (turn + 1) % workers.count
      if workers[turn]?.channel?.give(connection) == true { return true }
    }
    // No worker takes it: it is closed.
    return true
  }

  /// Passes the connections that have been made, and tells the workers that no more will come.
  private func passLastConnections() {
    listeners[0].holdOff()
    Clock.sleep(until: Clock.monotonic.now() + Service.pause)
    while passConnection() {}
    listeners[0].stop()
    for number in workers.indices { workers[number]?.channel = nil }
  }

  /// Kills and reaps the workers that are left.
  func end() {
    workers.forEach { $0?.process.kill() }
    workers.forEach { _ = try? $0?.process.reap() }
    workers = []
  }
}

/// A worker that could not be forked again for want of processes, memory or descriptors, which others may give back.
struct ForkRetry: Equatable {
  /// The first time between two tries, which doubles, and the longest, in nanoseconds.
  static let delays: ClosedRange<UInt64> = 50_000_000...5_000_000_000
  /// The time after which the worker is given up, in nanoseconds.
  static let limit: UInt64 = 60_000_000_000
  /// The same as text.
  static var limitText: String { "\(limit / 1_000_000_000) s" }

  /// The number of deaths in a row without an answer.
  let deaths: Int
  /// The time of the next try, by the monotonic clock.
  private(set) var next: UInt64
  private var delay: UInt64
  private let begin: UInt64

  init(deaths: Int, at now: UInt64) {
    (self.deaths, begin, delay, next) = (deaths, now, Self.delays.lowerBound, now + Self.delays.lowerBound)
  }

  /// Returns the next try after one that failed; `nil` if the worker is to be given up.
  func postponed(at now: UInt64) -> ForkRetry? {
    if now - begin >= Self.limit { return nil }
    var later = self
    later.delay = min(2 * delay, Self.delays.upperBound)
    later.next = now + later.delay
    return later
  }

  /// Whether the reason that a worker could not be forked may pass.
  static func mayPass(_ error: SystemError) -> Bool {
    error.isProcessLimit || error.isMemoryLimit || error.isDescriptorLimit
  }
}

/// The parent's view of a worker.
struct ServingWorker {
  let process: ChildProcess
  /// The end of its channel over which it gets connections; `nil` if it accepts them itself, or if no more come.
  var channel: Descriptor?
  let life: ServingLife
}

/// The history that decides whether a worker that has died is forked again.
struct ServingLife {
  /// The deaths in a row after which a worker is given up.
  static let mostDeaths = 5
  /// The age from which a death does not count as one at once, in nanoseconds.
  static let youth: UInt64 = 10_000_000_000

  /// The time at which it was forked, by the monotonic clock.
  let born: UInt64
  /// The answers of its predecessors.
  let answersBefore: UInt64
  /// The number of its predecessors in a row that died young and without an answer.
  let deaths: Int

  /// Returns the number of such deaths after its own.
  func deaths(answers: UInt64, now: UInt64) -> Int {
    answers == answersBefore && now - born < Self.youth ? deaths + 1 : 0
  }
}

import HTTP
import Platform
import Records

/// One thread of the generator: an event queue, its connections, and its part of the requests.
///
/// The thread sends a request as soon as it is due and a connection is free, and never waits for an answer before that. It
/// makes one call to receive and one to send per request, and allocates no memory for it.
final class GeneratorThread {
  /// The time between two looks at the connections that take too long, in nanoseconds.
  private static let checkPause: UInt64 = 50_000_000
  /// The token of the event that ends the run.
  static let interruptedToken = UInt64.max

  let plan: ThreadPlan
  let queue: EventQueue
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ThreadPlan.bufferSize, alignment: 64)
  let connections: [ClientConnection]
  let blankParser: ResponseParser
  let timeout: UInt64
  let isConnectionPerRequest: Bool
  var due: DueRequests
  var tally: RequestTally
  var workers = WorkerTally()
  /// The connections that can take a request.
  var free: ConnectionRing
  /// Connections to open at once, and those that may be opened from a time on.
  var toOpen: [Int] = []
  var paused: [(place: Int, until: UInt64)] = []
  /// The number of connections that are being opened, and of those with a request.
  var openingCount = 0
  var requestCount = 0
  var connectionsOpened: UInt64 = 0
  /// Whether due requests wait for a connection.
  private var isBehind = false
  private var isSending = true
  private var wakeUpDelay = WakeUpDelay()

  private let end: UInt64
  private var nextCheck: UInt64
  private var nextMilestone: UInt64
  private var isWarm = false
  private var usageBefore = ThreadUsage()
  private var result: ThreadResult

  /// Prepares a thread's part of a run.
  ///
  /// - Throws: `SystemError` if no event queue can be created.
  init(_ plan: ThreadPlan) throws(SystemError) {
    self.plan = plan
    queue = try EventQueue()
    try queue.watch(plan.control.interrupted, as: Self.interruptedToken)
    let parser = plan.parser
    let count = plan.settings.connections(ofThread: plan.index)
    connections = (0..<count).map { ClientConnection(place: $0, parser: parser) }
    blankParser = parser
    timeout = plan.settings.timeout
    isConnectionPerRequest = plan.settings.opensConnectionPerRequest
    due = plan.due
    tally = RequestTally(window: plan.window)
    free = ConnectionRing(capacity: count)
    end = plan.window.upperBound
    nextCheck = 0
    nextMilestone = 0
    result = ThreadResult(
      tally: tally, workers: workers, due: nil, unsent: nil, unanswered: 0, meanInFlight: nil,
      connectionsOpened: 0,
      usage: ThreadUsage(), failure: nil)
  }

  deinit {
    buffer.deallocate()
  }

  /// Runs to the end, and then until each request in flight is answered or has failed.
  func run() -> ThreadResult {
    EventQueue.makeTimeoutsExact()
    do throws(SystemError) {
      var now = Clock.monotonic.now()
      prepareConnections(at: now)
      while true {
        if now >= nextMilestone { passMilestones(at: now) }
        if isSending {
          now = openConnections(at: now)
          now = dispatch(at: now)
        } else if requestCount == 0 {
          break
        }
        now = try handleEvents(at: now)
        if plan.control.interruptionTime != nil { break }
      }
    } catch {
      result.failure = error
    }
    return finish()
  }

  /// Sends the requests that are due, as long as there are free connections.
  ///
  /// - Returns: The last reading of the clock.
  private func dispatch(at time: UInt64) -> UInt64 {
    var now = time
    while let place = free.head {
      let connection = connections[place]
      if canTakeRequest(connection) {
        guard let request = due.take(at: now) else {
          isBehind = false
          return now
        }
        free.removeFirst()
        connection.isQueued = false
        begin(request, on: connection, at: now, waited: isBehind)
        now = Clock.monotonic.now()
      } else {
        free.removeFirst()
        connection.isQueued = false
      }
    }
    isBehind = due.nextTime.map { $0 <= now } ?? false
    return now
  }

  /// Waits for events until something else is to be done, and handles them.
  ///
  /// - Returns: A reading of the clock after the wait.
  private func handleEvents(at time: UInt64) throws(SystemError) -> UInt64 {
    var wake = nextMilestone
    if isSending {
      if let first = paused.first { wake = min(wake, first.until) }
      if free.count > 0, let next = due.nextTime { wake = min(wake, next - min(next, wakeUpDelay.median)) }
    }
    var now: UInt64 = 0
    try queue.wait(for: wake > time ? wake - time : 0) { event in
      if now == 0 { now = Clock.monotonic.now() }
      handle(event, at: now)
    }
    if now > 0 { return now }
    now = Clock.monotonic.now()
    if wake > time { wakeUpDelay.add(asked: wake, ended: now) }
    return now
  }

  /// Does what is due at certain times: the end of the warm-up, the end, and looking for requests that take too long.
  private func passMilestones(at now: UInt64) {
    if !isWarm, now >= tally.window.lowerBound {
      isWarm = true
      tally.endWarmUp()
      due.drop(before: tally.window.lowerBound)
      usageBefore = ThreadUsage.ofThisThread()
    }
    if isSending, now >= end {
      isSending = false
      closeWindow(at: end)
    }
    if now >= nextCheck {
      failOverdue(at: now)
      plan.progress.answer(tally)
      nextCheck = now + min(Self.checkPause, max(1_000_000, timeout / 8))
    }
    nextMilestone = nextCheck
    if !isWarm { nextMilestone = min(nextMilestone, tally.window.lowerBound) }
    if isSending { nextMilestone = min(nextMilestone, end) }
  }

  /// Ends the measured time.
  private func closeWindow(at time: UInt64) {
    let rest = due.finish(at: time, counting: tally.window)
    (result.due, result.unsent) = (rest.map { $0 + tally.taken }, rest)
    if isWarm {
      result.usage = ThreadUsage.ofThisThread().since(usageBefore)
      result.meanInFlight = tally.inFlight.mean(until: time)
    }
  }

  /// Returns the result, after the last event.
  private func finish() -> ThreadResult {
    if isSending { closeWindow(at: min(plan.control.interruptionTime ?? end, end)) }
    for connection in connections where connection.hasRequest && tally.counts(connection.due) {
      if connection.offset > 0 { result.unanswered += 1 } else { result.unsent? += 1 }
    }
    (result.tally, result.workers, result.connectionsOpened) = (tally, workers, connectionsOpened)
    return result
  }
}

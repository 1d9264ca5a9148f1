import HTTP

/// The server's side of a connection: received bytes in, answers out. It does no input or output, and knows no model.
struct Exchange {
  /// The event that a connection waits for.
  enum Next: Equatable {
    /// More bytes.
    case more
    /// The end of a time, in nanoseconds; whether the worker must do nothing else meanwhile.
    case time(UInt64, isBlocking: Bool)
    /// Nothing: it ends when its answers are sent; whether the client may still be sending.
    case nothing(lingers: Bool)
  }

  /// The event that it waits for.
  private(set) var next = Next.more

  private var parser = RequestParser()
  /// The beginning of a request that is incomplete, or requests behind one that waits.
  private var kept: [UInt8] = []
  /// The request that waits for a time, and its route.
  private var waiting: (request: Request, route: Route)?
  /// The part of a request that is awaited, and the time since when it is.
  private var part = RequestParser.Phase.idle
  private var partBegan: UInt64
  /// Whether a request was answered since the last look at the clock.
  private var hasAnswered = false

  /// Creates the exchange of a connection.
  ///
  /// - Parameter now: The time by the monotonic clock.
  init(now: UInt64) {
    partBegan = now
  }

  /// Whether no request has begun.
  var isIdle: Bool { next == .more && parser.phase == .idle }

  /// The time at which the client has taken too long, by the monotonic clock.
  var deadline: UInt64 {
    let limit =
      switch parser.phase {
      case .idle: parser.limits.idleTime
      case .head: parser.limits.headTime
      case .body: parser.limits.bodyTime
      }
    return partBegan + limit.nanoseconds
  }

  /// Appends the answers to what has been received to the worker's output.
  mutating func receive(_ bytes: UnsafeRawBufferPointer, as worker: ServiceWorker) {
    if kept.isEmpty {
      let used = answer(bytes.bytes, as: worker)
      if used.lowerBound < used.upperBound { kept.append(contentsOf: bytes[used]) }
    } else {
      kept.append(contentsOf: bytes)
      answerKept(as: worker)
    }
    notePart(worker.now)
  }

  /// Appends the answer to the request whose time has come, and to those behind it.
  mutating func finishWait(as worker: ServiceWorker) {
    guard let (request, route) = waiting else { return }
    waiting = nil
    finish(request, route, as: worker)
    if next == .more { answerKept(as: worker) }
    notePart(worker.now)
  }

  /// Appends the answer to a client that has taken too long.
  mutating func expire(as worker: ServiceWorker) {
    let hasBegun = parser.phase != .idle
    if hasBegun { worker.answer(.timeout) }
    next = .nothing(lingers: hasBegun)
  }

  /// Forgets a request that waits, because its connection has ended.
  mutating func abandon(as worker: ServiceWorker) {
    if waiting != nil { worker.end(isAnswered: false) }
    waiting = nil
    next = .nothing(lingers: false)
  }

  private mutating func answerKept(as worker: ServiceWorker) {
    let bytes = kept
    let rest = answer(bytes.span.bytes, as: worker)
    // Memory only for what is incomplete: most connections are idle most of the time.
    kept = rest.isEmpty ? [] : Array(bytes[rest])
  }

  /// Answers the requests in some bytes, and returns the place of those that must be kept.
  private mutating func answer(_ bytes: RawSpan, as worker: ServiceWorker) -> Range<Int> {
    var start = 0
    while next == .more, start < bytes.byteCount {
      let rest = bytes.extracting(start...)
      switch parser.parse(rest) {
      case .needsMore(let kept): return start..<start + kept
      case .needsContinue(let kept):
        ResponseWriter.appendContinue(into: &worker.output)
        return start..<start + kept
      case .request(let request, let consumed):
        start += consumed
        begin(request, Route(request, in: rest), as: worker)
      case .failure(let error):
        worker.answer(error)
        next = .nothing(lingers: true)
      }
    }
    if case .nothing = next { return 0..<0 }
    return start..<bytes.byteCount
  }

  private mutating func begin(_ request: Request, _ route: Route, as worker: ServiceWorker) {
    worker.begin()
    guard case .wait(let milliseconds, let isBlocking) = route else {
      finish(request, route, as: worker)
      return
    }
    waiting = (request, route)
    next = .time(milliseconds * 1_000_000, isBlocking: isBlocking)
  }

  private mutating func finish(_ request: Request, _ route: Route, as worker: ServiceWorker) {
    // One look at it: the answer must say that the connection ends if it does.
    let isDraining = worker.service.isDraining
    worker.answer(route, to: request, closes: isDraining)
    worker.keepPace()
    worker.end()
    hasAnswered = true
    // A client that asked for the end sends nothing after its request.
    next = !request.keepsAlive ? .nothing(lingers: false) : isDraining ? .nothing(lingers: true) : .more
  }

  /// Starts the time limit of a part of a request when that part begins.
  private mutating func notePart(_ now: UInt64) {
    // A head or a body has one limit for all of its bytes.
    if hasAnswered || parser.phase != part { partBegan = now }
    (part, hasAnswered) = (parser.phase, false)
  }
}

extension Duration {
  /// The nanoseconds of a limit, which is at least 0 and at most some days.
  var nanoseconds: UInt64 {
    UInt64(clamping: components.seconds) &* 1_000_000_000
      &+ UInt64(clamping: components.attoseconds / 1_000_000_000)
  }
}

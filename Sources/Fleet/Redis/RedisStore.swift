import Platform

/// The store of a queue whose jobs are in Redis: a stream with a consumer group, and a hash of results.
///
/// - `XADD KEY * path PATH` accepts a job. Other programs may do so too.
/// - `XREADGROUP` takes the next jobs, which are then pending for this process.
/// - `HSETNX KEY:results ID JSON` keeps a result, if it is the first; `XACK` and `XDEL` remove the job from the stream.
/// - `XPENDING … IDLE` and `XCLAIM` take over the jobs that another process had in hand for longer than a job may take: it is dead.
///   A script with `XGROUP DELCONSUMER` then removes its name.
///
/// Several queues may share a key. While Redis is gone, no jobs are accepted, those in hand go on, and their results are kept
/// until it is back. The settings of Redis decide what survives its own failure: `appendonly yes`.
struct RedisStore: JobStore {
  /// The command that a reply answers.
  enum Command {
    case information, group, resultsType
    case added(ticket: UInt64, path: String)
    case finished(JobID)
    case jobs
    case pending
    case claimed([JobID: Int])
    case backlog, results
    case result(ticket: UInt64, JobID)
    case entry(ticket: UInt64, JobID)
    case removal
    case other
  }

  /// The time beyond the time limit of a job after which its queue counts as dead, in nanoseconds.
  static let claimDelay: UInt64 = 1_000_000_000
  static let group = "scaleup"
  static let field = "path"

  let address: RedisAddress
  let consumer: String
  /// The nanoseconds after which a job that another process has in hand is taken over.
  let claimAge: UInt64

  var connection: RedisConnection<Command>?
  var events: [JobStoreEvent] = []
  /// The jobs whose outcomes Redis has not confirmed.
  var unsaved: [JobID: (job: Job, outcome: JobOutcome)] = [:]
  /// The times at which jobs were accepted that have not arrived yet.
  var acceptedTimes: [JobID: UInt64] = [:]
  /// The jobs that this process has been given.
  var known: Set<JobID> = []
  var wanted = 0
  /// Whether `XREADGROUP` has no reply yet.
  var isReading = false
  /// Whether Redis could be used before, and whether it can be used now.
  var (hasBeenReady, isReady) = (false, false)
  /// The reason that Redis was lost; `nil` while it can be used.
  private(set) var problem: String?
  /// The entries of the stream, and the results, at the last look.
  var (entryCount, resultCount): (Int, UInt64) = (0, 0)
  /// The jobs that this process has finished.
  var finishedHere: UInt64 = 0
  private var (nextRead, nextLook, nextClaim, nextRemoval): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var retryAt: UInt64 = 0
  private var backOff = Self.leastBackOff
  private var now: UInt64

  private static let (leastBackOff, mostBackOff): (UInt64, UInt64) = (50_000_000, 2_000_000_000)
  /// The nanoseconds that Redis has for a reply.
  private static let patience: UInt64 = 5_000_000_000
  /// The nanoseconds between two reads of an empty stream, two looks at the counts, and two searches for dead processes' jobs.
  private static let (readInterval, lookInterval, claimInterval): (UInt64, UInt64, UInt64) = (
    20_000_000, 250_000_000, 500_000_000
  )
  /// The nanoseconds between two removals of the names of dead queues.
  private static let removalInterval: UInt64 = 2_000_000_000
  private static let mostAccepted = 100_000

  /// Creates a store. It connects at the first `advance`.
  init(_ address: RedisAddress, claimAge: UInt64, now: UInt64) {
    (self.address, self.claimAge, self.now) = (address, claimAge, now)
    consumer = Self.consumerPrefix + String(UInt64.random(in: 0...UInt64.max), radix: 16)
  }

  var descriptor: Descriptor? { connection?.descriptor }
  var interest: EventQueue.Interest { connection?.interest ?? .reading }

  var elsewhere: JobsElsewhere {
    JobsElsewhere(
      waiting: max(0, entryCount - known.count),
      finished: resultCount > finishedHere ? resultCount - finishedHere : 0)
  }

  var deadline: UInt64? {
    if !events.isEmpty { return 0 }
    guard let connection else { return retryAt }
    var next = connection.isWaiting ? connection.waitingSince + Self.patience : .max
    if isReady {
      next = min(next, nextLook, wanted > 0 ? nextClaim : .max, wanted > 0 && !isReading ? nextRead : .max)
    }
    return next
  }

  mutating func accept(_ path: String, ticket: UInt64) {
    guard isReady, let connection else {
      events.append(.refused(ticket: ticket, "Redis is not reachable at the moment"))
      return
    }
    connection.send(
      ["XADD", address.key, "*", Self.field, path], .added(ticket: ticket, path: path), at: now)
  }

  mutating func finish(_ job: Job, _ outcome: JobOutcome) {
    unsaved[job.id] = (job, outcome)
    if isReady { save(job, outcome) }
  }

  mutating func noteFailure(_ id: JobID) {
    guard isReady else { return }
    // Claims it anew, so that it counts as just given and Redis counts the attempt.
    connection?.send(
      ["XCLAIM", address.key, Self.group, consumer, "0", "\(id)"], .other, at: now)
  }

  mutating func take(atMost count: Int) { wanted = count }

  mutating func find(_ id: JobID, ticket: UInt64) {
    guard isReady, let connection else {
      events.append(.unknown(ticket: ticket, "Redis is not reachable at the moment"))
      return
    }
    connection.send(["HGET", address.results, "\(id)"], .result(ticket: ticket, id), at: now)
  }

  mutating func close(_ jobs: JobQueue) {
    guard isReady, let connection else { return }
    for id in known where unsaved[id] == nil {
      // Long idle, so that another process takes it at once.
      connection.send(
        ["XCLAIM", address.key, Self.group, consumer, "0", "\(id)", "IDLE", "3600000", "JUSTID"], .other,
        at: now)
    }
    removeConsumer()
    connection.send(["QUIT"], .other, at: now)
    try? connection.flush()
    connection.drain(atMost: 500_000_000)
  }

  /// Sends the outcome of a job, and removes it from the stream.
  mutating func save(_ job: Job, _ outcome: JobOutcome) {
    let id = job.id.description
    connection?.send(
      ["HSETNX", address.results, id, job.finished(outcome).json], .finished(job.id), at: now)
    connection?.send(["XACK", address.key, Self.group, id], .other, at: now)
    connection?.send(["XDEL", address.key, id], .other, at: now)
  }
}

/// The loop.
extension RedisStore {
  mutating func advance(
    _ jobs: JobQueue, at now: UInt64, isReady hasEvent: Bool
  ) throws(RedisError) -> [JobStoreEvent] {
    self.now = now
    defer { events = [] }
    do throws(RedisConnection<Command>.Problem) {
      if connection == nil, now >= retryAt { try connect() }
      guard let connection else { return events }
      if hasEvent {
        for (command, reply) in try connection.advance(at: now) {
          try handle(command, reply)
        }
      }
      if connection.isWaiting, now >= connection.waitingSince + Self.patience {
        throw .broken("no reply within \(Self.patience / 1_000_000_000) s")
      }
      if isReady { ask() }
      try connection.flush()
    } catch {
      try lose(error)
    }
    return events
  }

  private mutating func connect() throws(RedisConnection<Command>.Problem) {
    let connection: RedisConnection<Command>
    do {
      connection = try RedisConnection(
        to: HostName.address(of: address.host), port: address.port, now: now)
    } catch {
      throw .broken("\(error)")
    }
    self.connection = connection
    connection.send(["INFO", "server"], .information, at: now)
    connection.send(["TYPE", address.results], .resultsType, at: now)
    connection.send(["XGROUP", "CREATE", address.key, Self.group, "0", "MKSTREAM"], .group, at: now)
  }

  /// Notes that Redis can be used, and repeats the commands that it may have missed.
  mutating func becomeReady() {
    (isReady, backOff, isReading, problem) = (true, Self.leastBackOff, true, nil)
    (nextRead, nextLook, nextClaim, nextRemoval) = (now, now, now, now)
    if !hasBeenReady {
      events.append(.ready)
    } else {
      events.append(.note("Redis at \(address) is back"))
    }
    hasBeenReady = true
    for (job, outcome) in unsaved.values { save(job, outcome) }
    // The jobs that this process was given without having got the reply.
    connection?.send(
      ["XREADGROUP", "GROUP", Self.group, consumer, "COUNT", "1000", "STREAMS", address.key, "0"], .jobs,
      at: now)
  }

  /// Sends the commands that are due.
  private mutating func ask() {
    if now >= nextLook {
      connection?.send(["XLEN", address.key], .backlog, at: now)
      connection?.send(["HLEN", address.results], .results, at: now)
      nextLook = now + Self.lookInterval
    }
    if now >= nextRemoval {
      removeDeadConsumers()
      nextRemoval = now + Self.removalInterval
    }
    guard wanted > 0 else { return }
    if !isReading, now >= nextRead {
      connection?.send(
        [
          "XREADGROUP", "GROUP", Self.group, consumer, "COUNT", "\(wanted)", "STREAMS", address.key, ">",
        ], .jobs, at: now)
      isReading = true
      nextRead = now + Self.readInterval
    }
    if now >= nextClaim {
      connection?.send(
        [
          "XPENDING", address.key, Self.group, "IDLE", "\(claimAge / 1_000_000)", "-", "+",
          "\(wanted + known.count)",
        ], .pending, at: now)
      nextClaim = now + Self.claimInterval
    }
  }

  /// Gives up a connection. It is tried again after a pause, unless it never worked.
  private mutating func lose(_ problem: RedisConnection<Command>.Problem) throws(RedisError) {
    let reason: String
    switch problem {
    case .loading: reason = "it is reading its data"
    case .broken(let text):
      if !hasBeenReady { throw .unreachable(address: "\(address)", reason: text) }
      reason = text
    case .malformed(let error):
      if !hasBeenReady { throw .notRedis(address: "\(address)", reason: "\(error)") }
      reason = "it sent \(error)"
    case .unusable(let error):
      if !hasBeenReady { throw error }
      reason = "\(error)"
    }
    for command in connection?.pending ?? [] {
      switch command {
      case .added(let ticket, _):
        events.append(.refused(ticket: ticket, "Redis is not reachable at the moment"))
      case .result(let ticket, _), .entry(let ticket, _):
        events.append(.unknown(ticket: ticket, "Redis is not reachable at the moment"))
      default: break
      }
    }
    if isReady {
      // Once: while it stays away, every attempt fails.
      let loss = "lost Redis at \(address): \(reason)"
      self.problem = loss
      events.append(.note("\(loss); no jobs are accepted until it is back"))
    }
    (connection, isReady, isReading) = (nil, false, false)
    retryAt = now + backOff
    backOff = min(2 * backOff, Self.mostBackOff)
  }

  /// Lets the next read be sent at once, because there is something to read.
  mutating func readAgain() { nextRead = 0 }

  /// The time at which a job was accepted here; `nil` if it was elsewhere.
  mutating func takeAcceptedTime(of id: JobID) -> UInt64? { acceptedTimes.removeValue(forKey: id) }

  /// Notes that a job was accepted. The times of jobs that another process takes are forgotten later.
  mutating func noteAccepted(_ id: JobID) {
    if acceptedTimes.count >= Self.mostAccepted { acceptedTimes = [:] }
    acceptedTimes[id] = now
    entryCount += 1
    readAgain()
  }

  /// Sends a command.
  func send(_ words: [String], _ command: Command) { connection?.send(words, command, at: now) }
}

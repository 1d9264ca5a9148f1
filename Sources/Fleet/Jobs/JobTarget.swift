import Platform
import Records

/// An instance that does jobs.
final class JobTarget {
  /// A job that the instance has in hand.
  struct Attempt {
    let job: JobID
    let path: String
    let connection: RequestConnection
    let token: UInt64
    /// The deadline.
    var deadline: UInt64
  }

  /// The name, the address and the port.
  let name, address: String
  let port: Int
  /// The checks.
  var health: TargetHealth
  /// The connection of the check that runs.
  var check: (connection: RequestConnection, token: UInt64)?
  /// The jobs in hand.
  var attempts: [UInt64: Attempt] = [:]
  /// The connections that have no job.
  var idle: [(connection: RequestConnection, token: UInt64)] = []
  /// The reason that it gets no jobs until its next good check: a connection broke; `nil` if none did.
  var suspicion: String?
  private(set) var answered: UInt64 = 0
  private(set) var failed: UInt64 = 0

  /// Adds an instance, which is checked at once.
  init(_ name: String, address: String, port: Int, _ settings: HealthCheckSettings, now: UInt64) {
    (self.name, self.address, self.port) = (name, address, port)
    health = TargetHealth(settings, at: now)
  }

  /// Whether it may get another job.
  func isFree(inHand most: Int) -> Bool {
    health.state == .healthy && suspicion == nil && attempts.count < most
  }

  /// Whether a check is due. An instance with a job in hand is not checked: if it does one thing at a time, it would answer too late.
  /// Its answer to the job counts as a good check, within the time limit of jobs.
  func isCheckDue(at now: UInt64) -> Bool {
    attempts.isEmpty && check == nil && health.isDue(at: now)
  }

  /// The time at which something is to be done without an event; `nil` if there is none.
  var deadline: UInt64? {
    if check != nil || attempts.isEmpty { return health.nextEvent }
    return attempts.values.map(\.deadline).min()
  }

  /// Ends the check that runs.
  ///
  /// - Parameter problem: The reason that it failed; `nil` if it is good.
  func endCheck(_ problem: String?, at now: UInt64) {
    health.end(problem, at: now)
    if problem == nil { suspicion = nil }
  }

  /// Notes that it answered a job, which is as good as a check.
  func noteAnswer(at now: UInt64) {
    if check != nil { return }
    health.begin(at: now)
    endCheck(nil, at: now)
  }

  /// Continues after a suspension of the loop: gives up the check that runs, and prolongs the jobs in hand.
  func resume(after delay: UInt64, at now: UInt64) {
    check = nil
    health.resume(at: now)
    for token in attempts.keys { attempts[token]?.deadline += delay }
  }

  /// Counts a job that it had in hand.
  func count(isAnswered: Bool) {
    if isAnswered { answered += 1 } else { failed += 1 }
  }

  /// Returns its status.
  ///
  /// - Parameter start: The time at which the front started.
  func status(at now: UInt64, start: UInt64) -> FrontStatus.Target {
    if attempts.isEmpty { health.finishDraining(at: now) }
    return FrontStatus.Target(
      name: name, state: health.state, since: health.since - start, problem: suspicion ?? health.problem,
      inFlight: attempts.count, answered: answered, failed: failed)
  }
}

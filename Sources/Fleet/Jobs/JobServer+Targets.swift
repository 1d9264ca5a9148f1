import HTTP
import Platform
import Records

/// The instances.
extension JobServer {
  /// Adds an instance.
  func add(_ name: String, _ address: String, _ port: Int) throws(JobServerError) {
    if targets.contains(where: { $0.name == name }) { throw .takenName(name) }
    targets.append(JobTarget(name, address: address, port: port, settings.checks, now: now))
  }

  /// Returns the instance with a name.
  func target(_ name: String) throws(JobServerError) -> JobTarget {
    guard let target = targets.first(where: { $0.name == name }) else { throw .unknownName(name) }
    return target
  }

  /// Gives an instance no more jobs.
  func drain(_ target: JobTarget) {
    target.health.drain(at: now)
    if let check = target.check { owners[check.token] = nil }
    target.check = nil
  }

  /// Forgets an instance. The jobs that it has in hand are given to others.
  func remove(_ target: JobTarget) {
    targets.removeAll { $0 === target }
    for attempt in target.attempts.values.sorted(by: { $0.token > $1.token }) {
      owners[attempt.token] = nil
      jobs.putBack(attempt.job)
    }
    for entry in target.idle { owners[entry.token] = nil }
    if let check = target.check { owners[check.token] = nil }
    (target.attempts, target.idle, target.check) = ([:], [], nil)
  }

  /// Begins the checks that are due, and ends the checks and jobs that take too long.
  func checkTargets() {
    for target in targets {
      if target.check != nil, target.health.isLate(at: now) {
        endCheck(target, .broken(Self.lateness(settings.checks.timeout), wasSent: true))
      }
      for (token, attempt) in target.attempts where attempt.deadline <= now {
        endAttempt(target, token, .broken(Self.lateness(settings.timeout), wasSent: true))
      }
      if target.isCheckDue(at: now) { beginCheck(target) }
    }
  }

  /// Continues after a suspension of the loop: checks begin anew, and the time does not count for jobs in hand.
  ///
  /// - Parameter delay: Its nanoseconds.
  func resume(after delay: UInt64) {
    for target in targets {
      if let check = target.check { owners[check.token] = nil }
      target.resume(after: delay, at: now)
    }
  }

  private static func lateness(_ nanoseconds: UInt64) -> String {
    "no answer within \(Double(nanoseconds) / 1e9) s"
  }

  /// Handles an event of a connection to an instance.
  func advance(_ target: JobTarget, _ token: UInt64) {
    if let check = target.check, check.token == token {
      if let outcome = check.connection.advance() {
        endCheck(target, outcome)
      } else {
        watch(check.connection, token)
      }
    } else if let attempt = target.attempts[token] {
      if let outcome = attempt.connection.advance() {
        endAttempt(target, token, outcome)
      } else {
        watch(attempt.connection, token)
      }
    } else if let place = target.idle.firstIndex(where: { $0.token == token }),
      target.idle[place].connection.advance() != nil
    {
      // The instance has ended the connection, or sends an answer without a request.
      target.idle.remove(at: place)
      owners[token] = nil
    }
  }

  private func watch(_ connection: RequestConnection, _ token: UInt64) {
    // A failure is found by the time limit.
    try? events.change(connection.descriptor, as: token, to: connection.interest)
  }

  /// Opens a connection to an instance.
  private func connect(_ target: JobTarget) throws(SystemError) -> (RequestConnection, UInt64) {
    let connection = try RequestConnection(to: target.address, port: target.port)
    let token = newToken()
    try events.watch(connection.descriptor, as: token, for: connection.interest)
    owners[token] = target
    return (connection, token)
  }

  /// Returns a request to an instance; the path was checked when it was accepted.
  private func request(_ path: String, to target: JobTarget, closes: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    try? RequestWriter(host: socketName(target.address, target.port))
      .append("GET", path, closes: closes, into: &bytes)
    return bytes
  }
}

/// Health checks.
extension JobServer {
  private func beginCheck(_ target: JobTarget) {
    target.health.begin(at: now)
    do throws(SystemError) {
      let (connection, token) = try connect(target)
      target.check = (connection, token)
      if let outcome = connection.begin(request(settings.checks.path, to: target, closes: true)) {
        endCheck(target, outcome)
      }
    } catch {
      // This machine cannot check it, which says nothing about the instance.
      target.health.abandonCheck()
    }
  }

  private func endCheck(_ target: JobTarget, _ outcome: RequestConnection.Outcome) {
    if let check = target.check { owners[check.token] = nil }
    target.check = nil
    switch outcome {
    case .answered(let status, _):
      let isGood = (200..<400).contains(status.rawValue)
      target.endCheck(isGood ? nil : "answered \(Self.text(of: status))", at: now)
    case .broken(let reason, _): target.endCheck(reason, at: now)
    }
  }

  static func text(of status: Status) -> String {
    "\(status.rawValue) \(status.reason)".trimmingWhitespace.description
  }
}

/// Jobs.
extension JobServer {
  /// Gives jobs to the instances that can have one, those with the fewest first, and asks the store for more.
  func dispatch() {
    while jobs.waiting > 0, let target = nextFree() {
      guard let job = jobs.claim(for: target.name, at: now) else { return }
      give(job, to: target)
    }
    let free = targets.reduce(0) { sum, target in
      sum + (target.isFree(inHand: settings.inHand) ? settings.inHand - target.attempts.count : 0)
    }
    if free > jobs.waiting { store.take(atMost: free - jobs.waiting) }
  }

  private func nextFree() -> JobTarget? {
    let order = targets.indices.map { (turn + $0) % targets.count }.filter {
      targets[$0].isFree(inHand: settings.inHand)
    }
    guard let place = order.min(by: { targets[$0].attempts.count < targets[$1].attempts.count }) else {
      return nil
    }
    turn = place + 1
    return targets[place]
  }

  private func give(_ job: Job, to target: JobTarget) {
    do throws(SystemError) {
      let (connection, token) = if let idle = target.idle.popLast() { idle } else { try connect(target) }
      target.attempts[token] = JobTarget.Attempt(
        job: job.id, path: job.path, connection: connection, token: token, deadline: now + settings.timeout)
      if let outcome = connection.begin(request(job.path, to: target, closes: false)) {
        endAttempt(target, token, outcome)
      } else {
        watch(connection, token)
      }
    } catch {
      jobs.putBack(job.id)
      target.suspicion = "\(error)"
    }
  }

  private func endAttempt(_ target: JobTarget, _ token: UInt64, _ outcome: RequestConnection.Outcome) {
    guard let attempt = target.attempts.removeValue(forKey: token) else { return }
    if case .answered = outcome, attempt.connection.isReusable {
      target.idle.append((attempt.connection, token))
      watch(attempt.connection, token)
    } else {
      owners[token] = nil
    }
    switch outcome {
    case .answered(let status, let body): judge(status, body, of: attempt, target)
    case .broken(let reason, let wasSent):
      // Whatever broke the connection would break the next: the next check decides.
      target.suspicion = reason
      if wasSent {
        target.count(isAnswered: false)
        fail(attempt.job, because: "\(target.name): \(reason)")
      } else {
        jobs.putBack(attempt.job)
      }
    }
  }

  private func judge(_ status: Status, _ body: [UInt8], of attempt: JobTarget.Attempt, _ target: JobTarget) {
    target.noteAnswer(at: now)
    guard let job = jobs[attempt.job] else { return }
    let answer = String(decoding: body, as: UTF8.self).trimmingWhitespace.description
    switch status.rawValue {
    case 200..<300:
      if let expected = JobPath.expectedAnswer(to: job.path), answer != expected {
        wrongAnswers += 1
        target.count(isAnswered: false)
        fail(job.id, because: "\(target.name): wrong answer '\(answer.prefix(80))' (expected \(expected))")
      } else {
        target.count(isAnswered: true)
        store.finish(job, .done(answer))
      }
    case 408, 429, 500...:
      target.count(isAnswered: false)
      fail(job.id, because: "\(target.name): answered \(Self.text(of: status))")
    default:
      // Every instance would answer so.
      target.count(isAnswered: true)
      store.finish(job, .failed("\(target.name): answered \(Self.text(of: status))"))
    }
  }

  private func fail(_ id: JobID, because reason: String) {
    switch jobs.fail(id) {
    case .retried: store.noteFailure(id)
    case .exhausted:
      if let job = jobs[id] { store.finish(job, .failed("\(reason), after \(job.failures) attempts")) }
    case .ignored: break
    }
  }
}

import Platform
import Records

/// The events of the store.
extension JobServer {
  /// Lets the store go on, and acts on its events.
  func advanceStore(isReady: Bool) throws {
    for event in try store.advance(jobs, at: now, isReady: isReady) {
      switch event {
      case .ready: try listen()
      case .note(let line): output.note(line)
      case .arrived(let job): jobs.add(job)
      case .finished(let id, let outcome, let isFirst): finish(id, outcome, isFirst: isFirst)
      case .accepted(let ticket, let id):
        unanswered -= 1
        answerLater(ticket) { accept(id, $0, into: &$1) }
      case .refused(let ticket, let reason):
        unanswered -= 1
        refused += 1
        answerLater(ticket) { refuse(reason, $0, into: &$1) }
      case .unknown(let ticket, let reason): answerLater(ticket) { refuse(reason, $0, into: &$1) }
      case .found(let ticket, let json): answerLater(ticket) { describe(json, $0, into: &$1) }
      }
    }
    try watchStore()
  }

  private func finish(_ id: JobID, _ outcome: JobOutcome, isFirst: Bool) {
    guard isFirst else {
      jobs.withdraw(id)
      return
    }
    let acceptedAt = jobs[id]?.acceptedAt
    jobs.finish(id, outcome)
    if case .done = outcome, let acceptedAt { latency.record(now - min(now, acceptedAt)) }
  }

  /// Returns the status, and begins to count latencies anew.
  func status() -> FrontStatus {
    let elsewhere = store.elsewhere
    defer { latency.removeAll() }
    return FrontStatus(
      time: now - start, requests: requests, answered: jobs.done, failed: refused + jobs.failed,
      latency: latency, cpuTime: Clock.processCPU.now(),
      jobs: FrontStatus.Jobs(
        waiting: jobs.waiting + elsewhere.waiting, running: jobs.running,
        done: Int(clamping: jobs.done + elsewhere.finished), failed: Int(clamping: jobs.failed),
        redelivered: Int(clamping: jobs.redelivered)),
      problem: store.problem,
      targets: targets.map { $0.status(at: now, start: start) })
  }
}

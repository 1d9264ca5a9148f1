import Records

/// Jobs as JSON, for clients and for Redis.
extension Job {
  /// The job as one line, such as
  /// `{"id":"17","path":"/api/1000","state":"done","attempts":1,"result":"500500"}`.
  var json: String {
    var members = ["\"id\":\(id.description.jsonText)", "\"path\":\(path.jsonText)"]
    let state: String
    var detail: String?
    switch self.state {
    case .waiting: state = "waiting"
    case .running(let target, _): (state, detail) = ("running", "\"instance\":\(target.jsonText)")
    case .finished(.done(let answer)): (state, detail) = ("done", "\"result\":\(answer.jsonText)")
    case .finished(.failed(let reason)): (state, detail) = ("failed", "\"reason\":\(reason.jsonText)")
    }
    members += ["\"state\":\"\(state)\"", "\"attempts\":\(attempts)"]
    if let detail { members.append(detail) }
    return "{\(members.joined(separator: ","))}"
  }

  /// Returns the job with an outcome.
  func finished(_ outcome: JobOutcome) -> Job {
    var job = self
    job.state = .finished(outcome)
    return job
  }
}

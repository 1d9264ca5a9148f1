import Records

/// Why a report counts for nothing; reads on after the executable's name.
enum TrialProblem: Error, Equatable, CustomStringConvertible {
  /// It is no trial record.
  case unreadable(String)
  /// It is about something else than what was asked.
  case otherQuestion(String)
  /// It has the wrong answer.
  case wrongAnswer(found: ExactInteger, right: ExactInteger)

  var description: String {
    switch self {
    case .unreadable(let reason): "printed a report that \(reason)"
    case .otherQuestion(let member): "answered another question than was asked: its '\(member)' differs"
    case .wrongAnswer(let found, let right): "computed a wrong answer: \(found); right is \(right)"
    }
  }
}

extension Configuration {
  /// What an executable printed as a record, if it answers this configuration and is right. A peer need not be
  /// right: what it computed is shown beside what is.
  ///
  /// - Throws: `TrialProblem`.
  func checkedReport(_ output: String) throws(TrialProblem) -> TrialRecord {
    let report: TrialRecord
    do throws(JSON.Problem) {
      report = try JSON.decode(TrialRecord.self, from: output)
    } catch {
      throw .unreadable(error.description)
    }
    if report.region == 0 || report.regions?.contains(0) == true {
      throw .unreadable("has a region that took no time")
    }
    if let member = differingMember(of: report) { throw .otherQuestion(member) }
    if let shares = report.shares {
      if shares.count != workers { throw .unreadable("has \(shares.count) shares of \(workers)") }
      if shares.contains(where: { $0.begin > $0.end || $0.end > report.region }) {
        throw .unreadable("has a share that does not end within its region")
      }
    }
    if let hosts = report.hosts {
      if !hosts.allSatisfy(\.isValid) { throw .unreadable("has an invalid host entry") }
      let known = hosts.indices
      if hosts.isEmpty || report.shares?.contains(where: { !known.contains($0.host ?? 0) }) == true {
        throw .unreadable("has a share on a machine that is not among its hosts")
      }
    }
    if isPeer != true, let upTo, let right = KnownAnswer.result(of: workload, upTo: upTo),
      right != report.result
    {
      throw .wrongAnswer(found: report.result, right: right)
    }
    return report
  }

  /// The member of a report that says something else than what was asked; what a report does not say is
  /// taken to be as asked.
  private func differingMember(of report: TrialRecord) -> String? {
    if let model = report.model, model != self.model { return "model" }
    if let workload = report.workload, workload != self.workload { return "workload" }
    if let kernel = report.kernel, kernel != self.kernel { return "kernel" }
    if let workers = report.workers, workers != self.workers { return "workers" }
    if let threads = report.threadsPerRank, threads != threadsPerRank ?? 1 { return "threadsPerRank" }
    if let schedule = report.schedule, schedule != self.schedule { return "schedule" }
    if let grain = report.grain, let asked = self.grain, grain != asked { return "grain" }
    if report.regions?.count ?? 1 != repetitions ?? 1 { return "regions" }
    if let upTo = report.upTo, upTo != self.upTo { return "upTo" }
    if let load = report.load, load != self.load ?? 100 { return "load" }
    if let duration = report.duration, duration != self.duration { return "duration" }
    return nil
  }
}

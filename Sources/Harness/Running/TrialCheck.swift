import Formatting
import Records

/// The reason a report is rejected, described as a predicate of the executable's name.
enum ReportError: Error, Equatable, CustomStringConvertible {
  /// It is malformed.
  case malformed(String)
  /// A member differs from the request.
  case mismatch(String)
  /// Its result is wrong.
  case wrongAnswer(found: ExactInteger, expected: ExactInteger)

  var description: String {
    switch self {
    case .malformed(let reason): "printed a report that \(reason)"
    case .mismatch(let member): "reported parameters that differ from the request: '\(member)'"
    case .wrongAnswer(let found, let expected): "computed a wrong answer: \(found) (expected \(expected))"
    }
  }
}

extension Configuration {
  /// Returns the record in an executable's output, after checking that it belongs to this configuration and that its
  /// result is right. The result of a peer may be inexact: reports show it next to the right one.
  ///
  /// - Throws: `ReportError`.
  func checkedReport(_ output: String) throws(ReportError) -> TrialRecord {
    let report: TrialRecord
    do throws(JSON.ReadError) {
      report = try JSON.decode(TrialRecord.self, from: output)
    } catch {
      throw .malformed(error.description)
    }
    if report.region == 0 || report.regions?.contains(0) == true {
      throw .malformed("has a region of 0 ns")
    }
    if let member = differingMember(of: report) { throw .mismatch(member) }
    if let shares = report.shares {
      if shares.count != workers {
        throw .malformed("has \(shares.count) shares for \(Readable.count(workers, "worker"))")
      }
      if shares.contains(where: { $0.begin > $0.end || $0.end > report.region }) {
        throw .malformed("has a share that ends before it begins or after its region")
      }
    }
    if let contradiction = report.contradiction { throw .malformed(Readable.line(contradiction)) }
    if let hosts = report.hosts {
      let known = hosts.indices
      if hosts.isEmpty || report.shares?.contains(where: { !known.contains($0.host ?? 0) }) == true {
        throw .malformed("has a share on a host that it does not list")
      }
    }
    if isPeer != true, let upTo, let expected = KnownAnswer.result(of: workload, upTo: upTo),
      expected != report.result
    {
      throw .wrongAnswer(found: report.result, expected: expected)
    }
    return report
  }

  /// Returns the first member of a report that differs from this configuration; `nil` if none does. Missing members are
  /// assumed to be equal.
  private func differingMember(of report: TrialRecord) -> String? {
    if let model = report.model, model != self.model { return "model" }
    if let workload = report.workload, workload != self.workload { return "workload" }
    if let kernel = report.kernel, kernel != self.kernel { return "kernel" }
    if let workers = report.workers, workers != self.workers { return "workers" }
    if let threads = report.threadsPerRank, threads != threadsPerRank ?? 1 { return "threadsPerRank" }
    if let schedule = report.schedule, schedule != self.schedule { return "schedule" }
    if let grain = report.grain, let asked = self.grain, grain != asked { return "grain" }
    if let placement = report.placement, placement != self.placement { return "placement" }
    if report.regions?.count ?? 1 != repetitions ?? 1 { return "regions" }
    if let upTo = report.upTo, upTo != self.upTo { return "upTo" }
    if let operation = report.operation, operation != self.operation { return "operation" }
    if let size = report.size, size != self.size { return "size" }
    if let load = report.load, load != self.load ?? 100 { return "load" }
    if let duration = report.duration, duration != self.duration { return "duration" }
    return nil
  }
}

/// The first answer of a run for each amount of work. All models must compute the same result, even if no formula gives
/// the right one, and a command whose outputs are compared must always print the same.
struct Answers {
  private var first: [Configuration: (answer: ExactInteger, by: Configuration)] = [:]

  /// Records the answer of a report if it is the first for its work.
  mutating func learn(_ report: TrialRecord, of configuration: Configuration) {
    guard let answer = configuration.answer(in: report), first[configuration.work] == nil else { return }
    first[configuration.work] = (answer, configuration)
  }

  /// Returns how a report contradicts the first one for the same work; `nil` if it is equal or the first.
  func contradiction(of report: TrialRecord, by configuration: Configuration) -> String? {
    guard let answer = configuration.answer(in: report), let other = first[configuration.work],
      other.answer != answer
    else { return nil }
    if configuration.command != nil {
      return "\(configuration.model) printed another output than in its first trial, with "
        + Readable.count(other.by.workers, "worker")
    }
    return "scaleup-\(configuration.model) computed \(answer), "
      + "but scaleup-\(other.by.model) computed \(other.answer)"
  }
}

extension Configuration {
  /// Returns what must be the same in all reports for the same work; `nil` if nothing must. Results of peers may be inexact.
  fileprivate func answer(in report: TrialRecord) -> ExactInteger? {
    if command != nil { return report.outputHash }
    return upTo != nil && isPeer != true ? report.result : nil
  }
}

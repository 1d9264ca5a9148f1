/// The regions of a job, run one after the other in one process.
///
/// The first one pays for what is used for the first time: threads that are created, workers that are forked.
struct Repetitions {
  private let count: Int
  private var regions: [UInt64] = []
  private var last: TrialRecord?

  init(of job: Job) {
    count = job.repetitions
  }

  /// What came of all of them; `nil` while some are still to be run.
  var record: TrialRecord? {
    guard regions.count == count, var record = last else { return nil }
    if count > 1 { record.regions = regions }
    return record
  }

  /// Takes what came of the next one.
  ///
  /// - Throws: `WrongResult` where it is not what is known to be right, or not what came of those before.
  mutating func add(_ record: TrialRecord) throws(WrongResult) {
    if let upTo = record.upTo {
      let known = KnownAnswer.result(of: record.workload ?? "", upTo: upTo)
      if let right = known ?? last?.result, right != record.result {
        throw WrongResult(found: record.result, right: right)
      }
    }
    regions.append(record.region)
    last = record
  }
}

/// A result that is not what is known to be right.
struct WrongResult: Error, Equatable, CustomStringConvertible {
  let found: ExactInteger
  let right: ExactInteger

  var description: String {
    "the result is wrong: \(found) was computed, \(right) is right; no time is reported for it"
  }
}

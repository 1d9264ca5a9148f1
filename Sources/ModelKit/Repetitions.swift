/// The regions of a job that one process runs in a row.
///
/// The first region includes one-time costs, such as creating threads or forking workers.
struct Repetitions {
  private let count: Int
  private var regions: [UInt64] = []
  private var last: TrialRecord?

  init(of job: Job) {
    count = job.repetitions
  }

  /// The record of all regions; `nil` until all have run.
  var record: TrialRecord? {
    guard regions.count == count, var record = last else { return nil }
    if count > 1 { record.regions = regions }
    return record
  }

  /// Adds the record of the next region.
  ///
  /// - Throws: `WrongResult` if its result differs from the known result, or from that of the regions before.
  mutating func add(_ record: TrialRecord) throws(WrongResult) {
    try check(record)
    regions.append(record.region)
    last = record
  }

  /// Checks a result.
  ///
  /// - Throws: `WrongResult`, as for `add`.
  func check(_ record: TrialRecord) throws(WrongResult) {
    guard let upTo = record.upTo else { return }
    let known = KnownAnswer.result(of: record.workload ?? "", upTo: upTo)
    if let right = known ?? last?.result, right != record.result {
      throw WrongResult(found: record.result, right: right)
    }
  }
}

/// The error for a result that differs from the known result.
struct WrongResult: Error, Equatable, CustomStringConvertible {
  let found: ExactInteger
  let right: ExactInteger

  var description: String {
    "wrong result: \(found) (expected \(right)); its time is not reported"
  }
}

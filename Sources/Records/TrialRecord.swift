/// What one execution of a model executable found: `scaleup.trial/1`.
///
/// `schema`, `result` and `region` are required; a program in any language that prints these is a model.
public struct TrialRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.trial

  /// The format's name and version.
  public var schema = SchemaTag<TrialRecord>()
  /// The concurrency model.
  public var model: String?
  /// What was computed.
  public var workload: String?
  /// The inner loop that computed it.
  public var kernel: String?
  /// The instruction set whose vectors the inner loop used; `nil` for one number a step.
  public var instructionSet: String?
  /// The number of workers.
  public var workers: Int?
  /// How many of the workers are threads of one process, where a launcher starts the processes; `nil` for a model
  /// that has no launcher.
  public var threadsPerRank: Int?
  /// How the numbers were dealt to the workers: `static`, `dynamic` or `guided`; `nil` where each worker had one
  /// range for itself.
  public var schedule: String?
  /// The numbers in a chunk; of a `guided` schedule, the fewest.
  public var grain: UInt64?
  /// The N of a workload that treats every number 0…N.
  public var upTo: UInt64?
  /// The nanoseconds that a workload of fixed time was asked to take.
  public var duration: UInt64?
  /// The percentage of that time that each worker was to be busy.
  public var load: Int?
  /// What came out: a sum, or the number of operations.
  public var result: ExactInteger
  /// From just before the first worker was created to just after the last partial result was merged, in
  /// nanoseconds.
  public var region: UInt64
  /// The times of all regions where several were run one after the other in one process, in nanoseconds. What else
  /// the record says is of the last of them.
  public var regions: [UInt64]?
  /// The peak memory of the executable's process in bytes.
  public var peakMemory: UInt64?
  /// What each worker did, in the order of the workers.
  public var shares: [Share]?
  /// The workers that were lost and replaced, in all regions; `nil` where none was.
  public var restarts: [Restart]?
  /// The machines on which a launcher started the processes; `nil` for a model that has no launcher.
  public var hosts: [HostUse]?

  /// A record of what is required.
  public init(result: ExactInteger, region: UInt64) {
    self.result = result
    self.region = region
  }
}

extension TrialRecord: JSONTextConvertible {
  /// The record as one line of JSON.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.schema, schema)
    object.set(.model, model)
    object.set(.workload, workload)
    object.set(.kernel, kernel)
    object.set(.instructionSet, instructionSet)
    object.set(.workers, workers)
    object.set(.threadsPerRank, threadsPerRank)
    object.set(.schedule, schedule)
    object.set(.grain, grain)
    object.set(.upTo, upTo)
    object.set(.duration, duration)
    object.set(.load, load)
    object.set(.result, result)
    object.set(.region, region)
    object.set(.regions, regions)
    object.set(.peakMemory, peakMemory)
    object.set(.shares, shares)
    object.set(.restarts, restarts)
    object.set(.hosts, hosts)
    return object.text
  }
}

extension TrialRecord {
  /// The most memory that any one process of the trial has had resident, in bytes.
  public var largestPeakMemory: UInt64? {
    ([peakMemory] + (shares ?? []).map(\.peakMemory)).compactMap(\.self).max()
  }
}

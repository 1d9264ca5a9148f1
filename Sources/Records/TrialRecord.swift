/// The result of one execution of a model executable: `scaleup.trial/1`.
///
/// `schema`, `result` and `region` are required; a program in any language that prints these is a model.
public struct TrialRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.trial

  /// The format's name and version.
  public var schema = SchemaTag<TrialRecord>()
  /// The concurrency model.
  public var model: String?
  /// The workload.
  public var workload: String?
  /// The kernel.
  public var kernel: String?
  /// The instruction set whose vectors the kernel used; `nil` if it processed one number per step.
  public var instructionSet: String?
  /// The number of workers.
  public var workers: Int?
  /// The threads per process if a launcher starts the processes; `nil` for a model without a launcher.
  public var threadsPerRank: Int?
  /// The schedule: `static`, `dynamic` or `guided`; `nil` if each worker had one range.
  public var schedule: String?
  /// The numbers per chunk; for a `guided` schedule, the minimum.
  public var grain: UInt64?
  /// The rule by which workers were put on CPUs; `nil` if the system chose.
  public var placement: String?
  /// The number of CPUs that workers were put on; `nil` without a placement.
  public var placedCPUs: Int?
  /// The N of a workload that processes every number 0…N; of `memory`, the steps less one.
  public var upTo: UInt64?
  /// The operation of `memory`, such as `triad`; `nil` for any other workload.
  public var operation: String?
  /// The bytes of each array of `memory`; `nil` for any other workload.
  public var size: UInt64?
  /// The requested duration of a workload of fixed time, in nanoseconds.
  public var duration: UInt64?
  /// The percentage of that time during which each worker was to be busy.
  public var load: Int?
  /// The result: a sum, the number of operations, of steps with the right values, of correct answers of a server, or of
  /// executions of a command.
  public var result: ExactInteger
  /// The time from just before the first worker was created to just after the last partial result was merged,
  /// in nanoseconds.
  public var region: UInt64
  /// The times of all regions, if one process ran several in a row, in nanoseconds. The rest of the record
  /// describes the last region.
  public var regions: [UInt64]?
  /// The peak memory of the executable's process in bytes; of a command, that of its largest process.
  public var peakMemory: UInt64?
  /// The share of each worker, in the order of the workers.
  public var shares: [Share]?
  /// The replacements of lost workers, in all regions; `nil` if there were none.
  public var restarts: [Restart]?
  /// The machines on which a launcher started the processes; `nil` for a model without a launcher.
  public var hosts: [HostUse]?
  /// The report of the load generator that sent requests to the executable; `nil` for any workload but `serve`.
  public var traffic: LoadRecord?
  /// Whether the load generator ran on the same CPUs as the server; `nil` for any workload but `serve`.
  public var sharesCPUs: Bool?
  /// A hash of the standard output of a command (FNV-1a, 64 bits); `nil` unless outputs are compared.
  public var outputHash: ExactInteger?
  /// The number of processes that a command left behind and that were ended; `nil` if there were none.
  public var leftBehind: Int?

  /// Creates a record with the required members.
  public init(result: ExactInteger, region: UInt64) {
    self.result = result
    self.region = region
  }
}

extension TrialRecord: JSONTextConvertible {
  /// The record as one line of JSON, without what no executable reports about itself: `traffic`, `sharesCPUs`,
  /// `outputHash` and `leftBehind`.
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
    object.set(.placement, placement)
    object.set(.placedCPUs, placedCPUs)
    object.set(.upTo, upTo)
    object.set(.operation, operation)
    object.set(.size, size)
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
  /// The bytes per second of `memory` in the region, as STREAM counts them; `nil` for any other workload.
  public var bandwidth: Double? {
    guard let upTo, let bytes = Configuration.bytesPerStep(of: operation) else { return nil }
    return (Double(upTo) + 1) * Double(bytes) / Double(max(1, region)) * 1e9
  }

  /// The maximum resident memory of any process of the trial, in bytes.
  public var largestPeakMemory: UInt64? {
    ([peakMemory] + (shares ?? []).map(\.peakMemory)).compactMap(\.self).max()
  }
}

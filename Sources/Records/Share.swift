/// The part of the work that one worker did, and its times.
public struct Share: Codable, Equatable, Sendable {
  /// The numbers from `lower` up to, but not including, `upper`.
  public struct Numbers: Codable, Equatable, Sendable {
    /// The first number.
    public var lower: UInt64
    /// The number after the last.
    public var upper: UInt64

    /// Creates a range.
    public init(lower: UInt64, upper: UInt64) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// The worker's number, from 0.
  public var worker: Int
  /// The worker's range; `nil` for a workload of fixed time, or if the numbers were assigned in chunks.
  public var range: Numbers?
  /// The number of chunks; `nil` if the worker had one range.
  public var chunks: UInt64?
  /// The count of numbers in its chunks; `nil` if the worker had one range.
  public var numbers: UInt64?
  /// The partial result.
  public var result: ExactInteger
  /// The time at which it began, in nanoseconds since the region's start.
  public var begin: UInt64
  /// The time at which it ended, in nanoseconds since the region's start.
  public var end: UInt64
  /// The CPU time of its thread or process between the two, in nanoseconds.
  public var cpuTime: UInt64
  /// The core on which it ended; `nil` if the system does not report it.
  public var core: Int?
  /// The peak memory of its process in bytes; `nil` if it shares a process with other workers.
  public var peakMemory: UInt64?
  /// The index of its machine in the record's hosts; `nil` for a model without a launcher.
  public var host: Int?
  /// The time at which its process received the message that the region had begun, in nanoseconds since the
  /// region's start; `nil` if no message is sent.
  public var arrival: UInt64?
  /// The nanoseconds between `begin` and `end` that it spent exchanging messages or waiting for them. Their
  /// CPU time is not included in `cpuTime`. `nil` if no message is sent.
  public var communication: UInt64?
  /// The operations per 100 ms since the region's start; `nil` for a workload of fixed amount, or if they are
  /// not collected.
  public var slices: [UInt64]?

  /// Creates a share.
  public init(
    worker: Int, range: Numbers? = nil, chunks: UInt64? = nil, numbers: UInt64? = nil, result: ExactInteger,
    begin: UInt64, end: UInt64, cpuTime: UInt64,
    core: Int? = nil, peakMemory: UInt64? = nil, slices: [UInt64]? = nil
  ) {
    self.worker = worker
    self.range = range
    self.chunks = chunks
    self.numbers = numbers
    self.result = result
    self.begin = begin
    self.end = end
    self.cpuTime = cpuTime
    self.core = core
    self.peakMemory = peakMemory
    self.slices = slices
  }
}

extension Share.Numbers: JSONTextConvertible {
  /// The range as a JSON object.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.lower, lower)
    object.set(.upper, upper)
    return object.text
  }
}

extension Share: JSONTextConvertible {
  /// The share as a JSON object.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.worker, worker)
    object.set(.range, range)
    object.set(.chunks, chunks)
    object.set(.numbers, numbers)
    object.set(.result, result)
    object.set(.begin, begin)
    object.set(.end, end)
    object.set(.cpuTime, cpuTime)
    object.set(.core, core)
    object.set(.peakMemory, peakMemory)
    object.set(.host, host)
    object.set(.arrival, arrival)
    object.set(.communication, communication)
    object.set(.slices, slices)
    return object.text
  }
}

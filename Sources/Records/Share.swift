/// The part of the work that one worker did.
public struct Share: Codable, Equatable, Sendable {
  /// The numbers from `lower` up to, but not including, `upper`.
  public struct Numbers: Codable, Equatable, Sendable {
    /// The first number.
    public var lower: UInt64
    /// The number after the last.
    public var upper: UInt64

    /// Describes a range.
    public init(lower: UInt64, upper: UInt64) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// Which worker, from 0.
  public var worker: Int
  /// The numbers it treated; `nil` for a workload of fixed time, and where they were dealt in chunks.
  public var range: Numbers?
  /// How many chunks it was dealt; `nil` where it had one range for itself.
  public var chunks: UInt64?
  /// How many numbers were in its chunks; `nil` where it had one range for itself.
  public var numbers: UInt64?
  /// Its partial result.
  public var result: ExactInteger
  /// When it began, in nanoseconds since the region's start.
  public var begin: UInt64
  /// When it ended, in nanoseconds since the region's start.
  public var end: UInt64
  /// The CPU time that its thread or process used between the two, in nanoseconds.
  public var cpuTime: UInt64
  /// The core on which it ended; `nil` where the system does not tell.
  public var core: Int?
  /// The peak memory of its process in bytes; `nil` where it shares the process of the others.
  public var peakMemory: UInt64?
  /// The machine it was on, a position in the record's hosts; `nil` for a model that has no launcher.
  public var host: Int?
  /// When its process had received the message that the region had begun, in nanoseconds since the region's start;
  /// `nil` where no message is sent.
  public var arrival: UInt64?
  /// The nanoseconds between its beginning and its end in which it exchanged messages, or waited for them. Their CPU
  /// time is not in `cpuTime`. `nil` where no message is sent.
  public var communication: UInt64?
  /// Operations per 100 ms since the region's start; `nil` for a workload of fixed amount, and where they are not
  /// gathered.
  public var slices: [UInt64]?

  /// Describes a share.
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

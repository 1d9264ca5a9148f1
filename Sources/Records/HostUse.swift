/// What one of several machines did in a trial whose processes a launcher started.
public struct HostUse: Codable, Equatable, Sendable {
  /// Its name.
  public var name: String
  /// The processes on it.
  public var ranks: Int
  /// How many CPUs it has for them: those online, or fewer where a control group says so. The CPUs to which a launcher
  /// binds a process do not limit them.
  public var cores: Int
  /// The CPU time of its processes, from their start to when it was reported, in nanoseconds.
  public var cpuTime: UInt64
  /// What its clock read when the first machine's read 0, in nanoseconds; `nil` for machines that share a clock.
  public var clockOffset: Int?
  /// By how much that may be wrong: half of the shortest round trip, and what the clocks drifted apart in the trial.
  public var clockError: UInt64?

  /// Whether there can be such a machine.
  public var isPossible: Bool {
    let counts = 0...1_000_000_000
    return counts.contains(ranks) && counts.contains(cores)
  }

  /// Describes a machine.
  public init(
    name: String, ranks: Int, cores: Int, cpuTime: UInt64, clockOffset: Int? = nil, clockError: UInt64? = nil
  ) {
    self.name = name
    self.ranks = ranks
    self.cores = cores
    self.cpuTime = cpuTime
    self.clockOffset = clockOffset
    self.clockError = clockError
  }
}

extension HostUse: JSONTextConvertible {
  /// The machine as a JSON object.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.name, name)
    object.set(.ranks, ranks)
    object.set(.cores, cores)
    object.set(.cpuTime, cpuTime)
    object.set(.clockOffset, clockOffset)
    object.set(.clockError, clockError)
    return object.text
  }
}

/// The use of one machine in a trial whose processes a launcher started.
public struct HostUse: Codable, Equatable, Sendable {
  /// The machine's name.
  public var name: String
  /// The number of processes on the machine.
  public var ranks: Int
  /// The CPUs available to the processes: those online, or fewer if a control group limits them. The CPUs to
  /// which a launcher binds a process do not count as a limit.
  public var cores: Int
  /// The CPU time of its processes, from their start to the time of the report, in nanoseconds.
  public var cpuTime: UInt64
  /// The reading of its clock when the first machine's read 0, in nanoseconds; `nil` if the machines share a
  /// clock.
  public var clockOffset: Int?
  /// The error bound of the offset: half of the shortest round trip, plus the drift between the clocks during
  /// the trial.
  public var clockError: UInt64?

  /// Creates a machine.
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

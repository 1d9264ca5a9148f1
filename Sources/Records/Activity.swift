/// The state of the machine during a trial. Values that were not measured are `nil`.
public struct Activity: Codable, Equatable, Sendable {
  /// Event counts of the process and its descendants.
  public struct Counters: Codable, Equatable, Sendable {
    /// CPU cycles in user mode.
    public var cycles: UInt64?
    /// Instructions completed in user mode.
    public var instructions: UInt64?
    /// Migrations of a thread from one core to another.
    public var migrations: UInt64?

    /// Creates a set of counts.
    public init(cycles: UInt64? = nil, instructions: UInt64? = nil, migrations: UInt64? = nil) {
      self.cycles = cycles
      self.instructions = instructions
      self.migrations = migrations
    }
  }

  /// The utilization of each core over time, by all processes.
  public var cores: CoreTimeline?
  /// The CPU time of all programs but scaleup itself on the cores that the run may use, in nanoseconds. What exceeds the
  /// CPU time of the process is foreign load.
  public var busy: UInt64?
  /// The time during which cores had work but the hypervisor ran other guests, over all cores, in
  /// nanoseconds.
  public var steal: UInt64?
  /// The time during which control groups throttled CPUs because their quota was used up, over all CPUs, in
  /// nanoseconds.
  public var throttled: UInt64?
  /// The mean frequency of each core in MHz, in the order of the cores' numbers; omits cores that do not
  /// report it.
  public var clocks: [Int]?
  /// Event counts of the process.
  public var counters: Counters?
  /// The energy that the machine used, for this and all other programs.
  public var energy: Energy?

  /// Creates a record of activity.
  public init(
    cores: CoreTimeline? = nil, busy: UInt64? = nil, steal: UInt64? = nil, throttled: UInt64? = nil,
    clocks: [Int]? = nil,
    counters: Counters? = nil, energy: Energy? = nil
  ) {
    self.cores = cores
    self.busy = busy
    self.steal = steal
    self.throttled = throttled
    self.clocks = clocks
    self.counters = counters
    self.energy = energy
  }
}

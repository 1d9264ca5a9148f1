/// What the machine did while a process ran. What was not measured, or could not be, is `nil`.
public struct Activity: Codable, Equatable, Sendable {
  /// What was counted for the process and its descendants.
  public struct Counters: Codable, Equatable, Sendable {
    /// Cycles of the cores in user mode.
    public var cycles: UInt64?
    /// Instructions completed in user mode.
    public var instructions: UInt64?
    /// Moves of a thread from one core to another.
    public var migrations: UInt64?

    /// Describes counts.
    public init(cycles: UInt64? = nil, instructions: UInt64? = nil, migrations: UInt64? = nil) {
      self.cycles = cycles
      self.instructions = instructions
      self.migrations = migrations
    }
  }

  /// How busy each core was, for whatever process.
  public var cores: CoreTimeline?
  /// Time that the hypervisor gave physical cores to other guests while this one had work for them, over all cores, in
  /// nanoseconds.
  public var steal: UInt64?
  /// Time that control groups held CPUs back because their quota was used up, over all CPUs, in nanoseconds.
  public var throttled: UInt64?
  /// The mean clock of each core in MHz, as far as the cores tell it, in the order of their numbers.
  public var clocks: [Int]?
  /// What was counted for the process.
  public var counters: Counters?

  /// Describes what a machine did.
  public init(
    cores: CoreTimeline? = nil, steal: UInt64? = nil, throttled: UInt64? = nil, clocks: [Int]? = nil,
    counters: Counters? = nil
  ) {
    self.cores = cores
    self.steal = steal
    self.throttled = throttled
    self.clocks = clocks
    self.counters = counters
  }
}

/// How runs of the same work compare with the first of them: `scaleup.comparison/1`.
public struct ComparisonRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.comparison

  /// The format's name and version.
  public var schema = SchemaTag<ComparisonRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The runs; the first is the baseline, with which each of the others is compared.
  public var runs: [Run]
  /// Why runs, or parts of them, are not compared, in sentences.
  public var refusals: [String]
  /// What every core together gains, from one machine to the other.
  public var gains: [Gain]
  /// Configuration by configuration, what has changed.
  public var changes: [Change]
  /// The answers of the gates.
  public var gates: [GateAnswer]
  /// The same number of workers in one machine and over several; `nil` where nothing of the sort was measured.
  public var spreads: [HostSpread]?

  /// Describes a comparison.
  public init(
    runs: [Run], refusals: [String] = [], gains: [Gain] = [], changes: [Change] = [],
    gates: [GateAnswer] = []
  ) {
    self.runs = runs
    self.refusals = refusals
    self.gains = gains
    self.changes = changes
    self.gates = gates
  }
}

extension ComparisonRecord {
  /// One of the runs.
  public struct Run: Codable, Equatable, Sendable {
    /// The name that it has here, such as `A`.
    public var name: String
    /// The name of the machine.
    public var host: String
    /// When the run started.
    public var startedAt: String
    /// The version of the suite that it was run with.
    public var version: String
    /// What the machine is.
    public var passport: Passport
    /// The instruction sets whose vectors the kernels used.
    public var instructionSets: [String]
    /// What an hour of the machine costs, in any unit of money.
    public var price: Double?

    /// Describes a run.
    public init(_ run: RunRecord, name: String, price: Double? = nil) {
      self.name = name
      host = run.host
      startedAt = run.startedAt
      version = run.version
      passport = run.passport
      instructionSets = Set(run.trials.compactMap { $0.report?.instructionSet }).sorted()
      self.price = price
    }
  }

  /// A ratio and its 95 % interval; the ends are `nil` for too few trials.
  public struct Ratio: Codable, Equatable, Sendable {
    /// The ratio.
    public var value: Double
    /// The lower end of the interval.
    public var lower: Double?
    /// The upper end.
    public var upper: Double?

    /// Describes a ratio.
    public init(value: Double, lower: Double? = nil, upper: Double? = nil) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  /// The vertical scaling gain of a machine over the baseline's: the ratio of what a model gets done in a second with
  /// every core in use. It is the product of its three factors.
  public struct Gain: Codable, Equatable, Sendable {
    /// The other run, by its position.
    public var run: Int
    /// What was run; its workers are the baseline's.
    public var configuration: Configuration
    /// The workers of the other run.
    public var workers: Int
    /// What the baseline and the other get done in a second, in numbers or operations.
    public var throughputs: [Double]
    /// The ratio of the throughputs.
    public var gain: Ratio
    /// How many times as fast one core is; `nil` where a run has no `single` with this kernel.
    public var perCore: Ratio?
    /// How many times as many cores there are.
    public var cores: Double
    /// The ratio of the efficiencies; `nil` where a run has no `single` with this kernel.
    public var efficiency: Ratio?
    /// Work for a unit of money, in numbers or operations, of the baseline and of the other; `nil` without prices.
    public var workForMoney: [Double]?

    /// Describes a gain.
    public init(
      run: Int, configuration: Configuration, workers: Int, throughputs: [Double], gain: Ratio,
      cores: Double
    ) {
      self.run = run
      self.configuration = configuration
      self.workers = workers
      self.throughputs = throughputs
      self.gain = gain
      self.cores = cores
    }
  }

  /// How a configuration does in another run; each ratio is the other's over the baseline's.
  public struct Change: Codable, Equatable, Sendable {
    /// The other run, by its position.
    public var run: Int
    /// What was run.
    public var configuration: Configuration
    /// The time of the same work: below 1 is faster.
    public var time: Ratio
    /// The efficiency; `nil` for `single`, and where a run has no `single` with this kernel.
    public var efficiency: Ratio?
    /// The core utilization; `nil` where it was not measured, and between machines with different effective CPUs.
    public var utilization: Ratio?

    /// Describes a change.
    public init(run: Int, configuration: Configuration, time: Ratio) {
      self.run = run
      self.configuration = configuration
      self.time = time
    }
  }

  /// The same work by the same number of workers in one machine, and over several.
  public struct HostSpread: Codable, Equatable, Sendable {
    /// The runs of the two, by their positions: first that of the one machine.
    public var runs: [Int]
    /// What was run, in the same order.
    public var configurations: [Configuration]
    /// Over how many machines it was spread.
    public var hosts: Int
    /// The time over several machines over that in one: above 1, spreading costs.
    public var time: Ratio
    /// The speedups over `single` of the same run and kernel; `nil` where a run has none.
    public var speedups: [Double]?
    /// The core-time over several machines that went into messages, over all of the region; `nil` where it was not
    /// measured.
    public var communication: Double?
    /// Work for a unit of money, in numbers or operations, where an hour of each machine has the price of its run;
    /// `nil` without prices.
    public var workForMoney: [Double]?

    /// Describes the two.
    public init(runs: [Int], configurations: [Configuration], hosts: Int, time: Ratio) {
      self.runs = runs
      self.configurations = configurations
      self.hosts = hosts
      self.time = time
    }
  }
}

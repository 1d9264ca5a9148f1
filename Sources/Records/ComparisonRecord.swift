/// A comparison of runs of the same work with the first of them: `scaleup.comparison/1`.
public struct ComparisonRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.comparison

  /// The format's name and version.
  public var schema = SchemaTag<ComparisonRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The runs. The first is the baseline with which the others are compared.
  public var runs: [Run]
  /// The reasons why runs, or parts of them, are not compared, in sentences.
  public var refusals: [String]
  /// The throughput of all cores together, from one machine to the other.
  public var gains: [Gain]
  /// The changes, by configuration.
  public var changes: [Change]
  /// The results of the gates.
  public var gates: [GateAnswer]
  /// The cost of spreading the same number of workers over several machines; `nil` if it was not measured.
  public var spreads: [HostSpread]?

  /// Creates a comparison.
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
  /// A compared run.
  public struct Run: Codable, Equatable, Sendable {
    /// The run's name in this comparison, such as `A`.
    public var name: String
    /// The name of the machine.
    public var host: String
    /// The time at which the run started.
    public var startedAt: String
    /// The version of the suite that made the run.
    public var version: String
    /// The host information.
    public var passport: Passport
    /// The instruction sets whose vectors the kernels used.
    public var instructionSets: [String]
    /// The price of the machine per hour, in any currency.
    public var price: Double?
    /// The number of runs of this side, if there are several; the other members describe the first.
    public var count: Int?
    /// Whether this run and the other were tried in the same rounds; `nil` means no.
    public var sharesRounds: Bool?

    /// Creates a run.
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

  /// A ratio and its 95 % confidence interval; the bounds are `nil` if there are too few trials.
  public struct Ratio: Codable, Equatable, Sendable {
    /// The ratio.
    public var value: Double
    /// The lower bound of the interval.
    public var lower: Double?
    /// The upper bound of the interval.
    public var upper: Double?

    /// Creates a ratio.
    public init(value: Double, lower: Double? = nil, upper: Double? = nil) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  /// The vertical scaling gain of a machine over the baseline's: the ratio of a model's throughputs with
  /// every core in use. It is the product of its factors.
  public struct Gain: Codable, Equatable, Sendable {
    /// The index of the other run.
    public var run: Int
    /// The configuration; its workers are the baseline's.
    public var configuration: Configuration
    /// The number of workers in the other run.
    public var workers: Int
    /// The throughputs of the baseline and of the other run, in numbers or operations per second.
    public var throughputs: [Double]
    /// The ratio of the throughputs.
    public var gain: Ratio
    /// Whether the ratio differs significantly from 1, corrected for the number of gains of this run; `nil` for too few
    /// trials.
    public var isSignificant: Bool?
    /// The ratio of the speeds of one core; `nil` if a run has no `single` with this kernel.
    public var perCore: Ratio?
    /// The ratio of the numbers of cores: of physical cores if `smt` is known, otherwise of CPUs.
    public var cores: Double
    /// The ratio of what the further CPUs of the physical cores add, as measured with one worker per core; `nil` if no
    /// machine has such CPUs, or if it was not measured.
    public var smt: Ratio?
    /// The ratio of the efficiencies; `nil` if a run has no `single` with this kernel.
    public var efficiency: Ratio?
    /// The work per unit of money, in numbers or operations, of the baseline and of the other run; `nil`
    /// without prices.
    public var workForMoney: [Double]?

    /// Creates a gain.
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

  /// The change of a configuration in another run. Each ratio is the other run's value over the baseline's.
  public struct Change: Codable, Equatable, Sendable {
    /// A significant difference in time.
    public enum Finding: String, Codable, Sendable {
      /// The other run took less time.
      case faster
      /// The other run took more time.
      case slower
    }

    /// The index of the other run.
    public var run: Int
    /// The configuration.
    public var configuration: Configuration
    /// The N in the other run; `nil` if it is the same.
    public var otherUpTo: UInt64?
    /// The ratio of the times for the same work, per number if N differs: below 1 is faster.
    public var time: Ratio
    /// Whether the times differ significantly, corrected for the number of changes of the comparison; `nil` if they do
    /// not, or for too few trials.
    public var finding: Finding?
    /// The ratio of the efficiencies; `nil` for `single`, or if a run has no `single` with this kernel.
    public var efficiency: Ratio?
    /// The ratio of the core utilizations; `nil` if it was not measured, or if the machines differ in
    /// effective CPUs.
    public var utilization: Ratio?
    /// The ratio of the energies of the processors for the same work, or of the whole machines if only those are counted:
    /// below 1 uses less. `nil` if a run has not measured it.
    public var energy: Ratio?

    /// Creates a change.
    public init(run: Int, configuration: Configuration, time: Ratio) {
      self.run = run
      self.configuration = configuration
      self.time = time
    }
  }

  /// The same work by the same number of workers, on one machine and spread over several.
  public struct HostSpread: Codable, Equatable, Sendable {
    /// The indices of the two runs, the run on one machine first.
    public var runs: [Int]
    /// The configurations, in the same order.
    public var configurations: [Configuration]
    /// The number of machines that the workers were spread over.
    public var hosts: Int
    /// The ratio of the times, several machines over one: above 1, spreading costs.
    public var time: Ratio
    /// The speedups over `single` of the same run and kernel; `nil` if a run has no `single`.
    public var speedups: [Double]?
    /// The fraction of the core time on several machines that was spent on communication; `nil` if it was not
    /// measured.
    public var communication: Double?
    /// The work per unit of money, in numbers or operations, if an hour of each machine has the price of its
    /// run; `nil` without prices.
    public var workForMoney: [Double]?

    /// Creates a spread.
    public init(runs: [Int], configurations: [Configuration], hosts: Int, time: Ratio) {
      self.runs = runs
      self.configurations = configurations
      self.hosts = hosts
      self.time = time
    }
  }
}

import Records

/// The visible state of a run in progress.
public struct LiveStatus: Equatable, Sendable {
  /// A configuration and its results so far.
  public struct Row: Equatable, Sendable {
    /// The configuration.
    public let configuration: Configuration
    /// The number of measured trials.
    public let trials: Int
    /// The median of the region's time in nanoseconds, of the CPU time per request of `serve`, or of the rate
    /// per second for a workload of fixed time; `nil` before the first trial.
    public let median: Double?

    /// Makes a row.
    public init(_ configuration: Configuration, trials: Int, median: Double?) {
      self.configuration = configuration
      self.trials = trials
      self.median = median
    }
  }

  /// A core of the machine.
  public struct Core: Equatable, Sendable {
    /// Its number.
    public let number: Int
    /// Its utilization, from 0 to 1.
    public let utilization: Double

    /// Makes a core.
    public init(number: Int, utilization: Double) {
      self.number = number
      self.utilization = utilization
    }
  }

  /// The current activity, in a few words.
  public var activity: String
  /// The cores that are online, in the order of their numbers.
  public var cores: [Core]
  /// The configurations, in the order of the plan.
  public var rows: [Row]
  /// The position of the configuration that is being measured.
  public var current: Int?

  /// Makes a status.
  public init(activity: String, cores: [Core] = [], rows: [Row] = [], current: Int? = nil) {
    self.activity = activity
    self.cores = cores
    self.rows = rows
    self.current = current
  }
}

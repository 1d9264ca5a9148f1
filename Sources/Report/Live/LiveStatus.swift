import Records

/// What there is to see of a run while it is carried out.
public struct LiveStatus: Equatable, Sendable {
  /// A configuration and what is known of it so far.
  public struct Row: Equatable, Sendable {
    /// What is tried.
    public let configuration: Configuration
    /// The trials that were measured and count.
    public let trials: Int
    /// The median of the region's time in nanoseconds, or of the rate per second for a workload of fixed time; `nil`
    /// before the first trial.
    public let median: Double?

    /// Describes a row.
    public init(_ configuration: Configuration, trials: Int, median: Double?) {
      self.configuration = configuration
      self.trials = trials
      self.median = median
    }
  }

  /// What is done now, in a few words.
  public var activity: String
  /// How busy each core is, from 0 to 1, in the order of their numbers.
  public var cores: [Double]
  /// The configurations, in the order of the plan.
  public var rows: [Row]
  /// Which of them is tried now.
  public var current: Int?

  /// Describes a status.
  public init(activity: String, cores: [Double] = [], rows: [Row] = [], current: Int? = nil) {
    self.activity = activity
    self.cores = cores
    self.rows = rows
    self.current = current
  }
}

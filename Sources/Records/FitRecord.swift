/// Scaling laws fitted to throughputs by worker count: `scaleup.fit/1`.
public struct FitRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.fit

  /// The trials with one worker count.
  public struct Point: Codable, Equatable, Sendable {
    /// The number of workers.
    public var workers: Double
    /// The number of trials.
    public var trials: Int
    /// The median of their throughputs.
    public var throughput: Double
    /// The least of their throughputs.
    public var lowest: Double?
    /// The greatest of their throughputs.
    public var highest: Double?
    /// The lower bound of the 95 % confidence interval of the throughput; `nil` for too few trials.
    public var lower: Double?
    /// The upper bound of that interval.
    public var upper: Double?

    /// Creates a point.
    public init(
      workers: Double, trials: Int, throughput: Double, lowest: Double? = nil, highest: Double? = nil,
      lower: Double? = nil, upper: Double? = nil
    ) {
      self.workers = workers
      self.trials = trials
      self.throughput = throughput
      self.lowest = lowest
      self.highest = highest
      self.lower = lower
      self.upper = upper
    }
  }

  /// An estimate and its 95 % confidence interval.
  public struct Estimate: Codable, Equatable, Sendable {
    /// The estimate.
    public var value: Double
    /// The standard error, for a coefficient.
    public var standardError: Double?
    /// The lower bound of the interval.
    public var lower: Double
    /// The upper bound; `nil` if there is none.
    public var upper: Double?

    /// Creates an estimate.
    public init(value: Double, standardError: Double? = nil, lower: Double, upper: Double?) {
      self.value = value
      self.standardError = standardError
      self.lower = lower
      self.upper = upper
    }
  }

  /// The speedup that a law predicts for a worker count.
  public struct Prediction: Codable, Equatable, Sendable {
    /// The number of workers.
    public var workers: Double
    /// The speedup over one worker.
    public var speedup: Estimate
    /// Whether the worker count exceeds all measured ones.
    public var extrapolated: Bool

    /// Creates a prediction.
    public init(workers: Double, speedup: Estimate, extrapolated: Bool) {
      self.workers = workers
      self.speedup = speedup
      self.extrapolated = extrapolated
    }
  }

  /// A fitted law, or the reason it was not fitted.
  public struct Law: Codable, Equatable, Sendable {
    /// `amdahl`, `gustafson` or `usl`.
    public var law: String
    /// The reason the law was not fitted; everything else is then `nil`.
    public var refusal: String?
    /// The throughput of one worker.
    public var gamma: Estimate?
    /// The serial fraction, for Amdahl's and Gustafson's laws.
    public var f: Estimate?
    /// The contention, for the universal scalability law.
    public var alpha: Estimate?
    /// The coherency, for the universal scalability law.
    public var beta: Estimate?
    /// The standard deviation of the residuals, in units of throughput.
    public var residualStandardError: Double?
    /// The number of distinct worker counts minus the number of coefficients.
    public var degreesOfFreedom: Int?
    /// The worker count with the highest throughput; `nil` if there is no maximum.
    public var peak: Estimate?
    /// The limit of the speedup; `nil` if there is none.
    public var limit: Estimate?
    /// The speedups at 2 and 4 times the largest measured worker count.
    public var predictions: [Prediction]?

    /// Creates an empty result for a law.
    public init(law: String) {
      self.law = law
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<FitRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The values that all trials have in common, by the title of the column or parameter; `nil` if the trials were not
  /// grouped.
  public var group: [String: String]?
  /// Sentences about what was guessed, assumed or left out when the trials were read; `nil` if nothing was.
  public var notes: [String]?
  /// The points in ascending order of workers.
  public var points: [Point]
  /// The laws.
  public var laws: [Law]

  /// Creates a fit.
  public init(
    group: [String: String]? = nil, notes: [String]? = nil, points: [Point], laws: [Law]
  ) {
    self.group = group
    self.notes = notes
    self.points = points
    self.laws = laws
  }
}

/// A measured throughput, to which scaling laws are fitted.
public struct ScalingSample: Equatable, Sendable {
  /// The number of workers, above 0; need not be whole.
  public let workers: Double
  /// Work per second in any unit, above 0.
  public let throughput: Double

  /// Creates a sample.
  public init(workers: Double, throughput: Double) {
    self.workers = workers
    self.throughput = throughput
  }
}

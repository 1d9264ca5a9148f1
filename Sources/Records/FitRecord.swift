/// What scaling laws say of throughputs by workers: `scaleup.fit/1`.
public struct FitRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.fit

  /// The trials of one number of workers.
  public struct Point: Codable, Equatable, Sendable {
    /// The workers.
    public var workers: Double
    /// How many trials there are.
    public var trials: Int
    /// The median of their throughputs.
    public var throughput: Double

    /// Describes a point.
    public init(workers: Double, trials: Int, throughput: Double) {
      self.workers = workers
      self.trials = trials
      self.throughput = throughput
    }
  }

  /// A number and its 95 % interval.
  public struct Estimate: Codable, Equatable, Sendable {
    /// The number.
    public var value: Double
    /// Its standard error, for a coefficient.
    public var standardError: Double?
    /// The lower end of the interval.
    public var lower: Double
    /// The upper end; `nil` where the interval has none.
    public var upper: Double?

    /// Describes an estimate.
    public init(value: Double, standardError: Double? = nil, lower: Double, upper: Double?) {
      self.value = value
      self.standardError = standardError
      self.lower = lower
      self.upper = upper
    }
  }

  /// The speedup that a law gives a number of workers.
  public struct Prediction: Codable, Equatable, Sendable {
    /// The workers.
    public var workers: Double
    /// The speedup over one worker.
    public var speedup: Estimate
    /// Whether there are more workers than were measured.
    public var extrapolated: Bool

    /// Describes a prediction.
    public init(workers: Double, speedup: Estimate, extrapolated: Bool) {
      self.workers = workers
      self.speedup = speedup
      self.extrapolated = extrapolated
    }
  }

  /// A law: what came of fitting it, or why it was not fitted.
  public struct Law: Codable, Equatable, Sendable {
    /// `amdahl`, `gustafson` or `usl`.
    public var law: String
    /// Why it was not fitted; nothing else is then there.
    public var refusal: String?
    /// The throughput of one worker.
    public var gamma: Estimate?
    /// The part that is not shared out, of Amdahl's law and of Gustafson's.
    public var f: Estimate?
    /// The contention, of the universal law.
    public var alpha: Estimate?
    /// The coherency, of the universal law.
    public var beta: Estimate?
    /// The standard deviation of the residuals, in units of throughput.
    public var residualStandardError: Double?
    /// The distinct numbers of workers less the coefficients.
    public var degreesOfFreedom: Int?
    /// The part of the throughput's variation that the law explains; `nil` where it does not vary.
    public var rSquared: Double?
    /// The number of workers with the greatest throughput; `nil` where there is none.
    public var peak: Estimate?
    /// The speedup that no number of workers passes; `nil` where there is none.
    public var limit: Estimate?
    /// The speedups at 2 and 4 times the workers.
    public var predictions: [Prediction]?

    /// Describes a law of which nothing is known yet.
    public init(law: String) {
      self.law = law
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<FitRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The numbers of workers in ascending order.
  public var points: [Point]
  /// The laws.
  public var laws: [Law]

  /// Describes a fit.
  public init(points: [Point], laws: [Law]) {
    self.points = points
    self.laws = laws
  }
}

/// How much so many workers got done: what a scaling law is fitted to.
public struct ScalingSample: Equatable, Sendable {
  /// The number of workers, over 0; it need not be whole.
  public let workers: Double
  /// Work a second, in any unit, over 0.
  public let throughput: Double

  /// Describes a sample.
  public init(workers: Double, throughput: Double) {
    self.workers = workers
    self.throughput = throughput
  }
}

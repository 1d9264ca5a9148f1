/// A plan of a service: the traffic, the machines that it takes and what they cost, and simulated policies: `scaleup.plan/1`.
public struct PlanRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.plan

  /// A quantity with its 95 % confidence interval.
  public struct Estimate: Codable, Equatable, Sendable {
    /// The value.
    public var value: Double
    /// The lower end; `nil` if the error is unknown.
    public var lower: Double?
    /// The upper end; `nil` if the error is unknown.
    public var upper: Double?

    /// Creates an estimate.
    public init(_ value: Double, lower: Double? = nil, upper: Double? = nil) {
      (self.value, self.lower, self.upper) = (value, lower, upper)
    }

    /// Reads an estimate. A number alone, as the break-even rate was in earlier plans, is one whose error is unknown.
    public init(from decoder: any Decoder) throws {
      if let value = try? decoder.singleValueContainer().decode(Double.self) {
        self.init(value)
        return
      }
      let members = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        try members.decode(Double.self, forKey: .value),
        lower: try members.decodeIfPresent(Double.self, forKey: .lower),
        upper: try members.decodeIfPresent(Double.self, forKey: .upper))
    }
  }

  /// Requests per time, as they were given.
  public struct Amount: Codable, Equatable, Sendable {
    /// The kind of request: `reads`, `writes`, `users` or `requests`.
    public var name: String
    /// The number of requests.
    public var count: Double
    /// The unit of time, such as `month`.
    public var unit: String
    /// The requests per second.
    public var rate: Double

    /// Creates an amount.
    public init(name: String, count: Double, unit: String, rate: Double) {
      (self.name, self.count, self.unit, self.rate) = (name, count, unit, rate)
    }
  }

  /// The requests.
  public struct Traffic: Codable, Equatable, Sendable {
    /// The amounts, as they were given.
    public var amounts: [Amount]
    /// The users behind them; `nil` if the amounts are not per user.
    public var users: Double?
    /// The shape in time: a built-in one or the name of a file; `nil` for a constant rate.
    public var shape: String?
    /// The mean rate in requests per second.
    public var mean: Double
    /// The rate that is planned for.
    public var peak: Double
    /// The peak over the mean, if it was given.
    public var peakFactor: Double?

    /// Creates traffic.
    public init(
      amounts: [Amount], users: Double? = nil, shape: String? = nil, mean: Double, peak: Double,
      peakFactor: Double?
    ) {
      (self.amounts, self.users, self.shape) = (amounts, users, shape)
      (self.mean, self.peak, self.peakFactor) = (mean, peak, peakFactor)
    }
  }

  /// The growth of what is stored.
  public struct Storage: Codable, Equatable, Sendable {
    /// The bytes per write.
    public var bytesPerWrite: Double
    /// The bytes per month.
    public var perMonth: Double
    /// The bytes after three years of 12 months.
    public var inThreeYears: Double

    /// Creates a growth.
    public init(bytesPerWrite: Double, perMonth: Double) {
      (self.bytesPerWrite, self.perMonth, inThreeYears) = (bytesPerWrite, perMonth, 36 * perMonth)
    }
  }

  /// A scaling law of the cores of an instance.
  public struct Law: Codable, Equatable, Sendable {
    /// The contention.
    public var alpha: Double
    /// The coherency.
    public var beta: Double
    /// Whether it was fitted to measurements.
    public var isMeasured: Bool

    /// Creates a law.
    public init(alpha: Double, beta: Double, isMeasured: Bool) {
      (self.alpha, self.beta, self.isMeasured) = (alpha, beta, isMeasured)
    }
  }

  /// A size of instance, and how many it takes.
  public struct Size: Codable, Equatable, Sendable {
    /// The name: of a file, or the number of cores.
    public var name: String
    /// The cores of an instance.
    public var cores: Int
    /// The CPU time per request in nanoseconds.
    public var demand: Estimate
    /// The origin of the demand, as a phrase.
    public var demandSource: String
    /// The scaling law of its cores; `nil` if none is known.
    public var law: Law?
    /// The cores' worth of work that the law leaves.
    public var effectiveCores: Double
    /// The offered load in cores.
    public var load: Estimate
    /// The instances by the utilization target.
    public var byUtilization: Estimate
    /// The instances by the objective; `nil` without one.
    public var byObjective: Estimate?
    /// The instances by the measured capacity with the objective of that measurement; `nil` without one.
    public var byCapacity: Estimate?
    /// The instances by the probability to wait, exactly; `nil` if the load is too great to compute.
    public var byWait: Estimate?
    /// The instances by the square-root rule.
    public var bySquareRoot: Estimate
    /// The planned instances: by the objective, or else by the utilization target, and one more for a loss.
    public var instances: Estimate
    /// The price of an instance per hour; `nil` if it is unknown.
    public var price: Double?
    /// The cost of the planned instances per month.
    public var monthlyCost: Double?
    /// The requests per second below which a price per request is cheaper than the planned instances.
    public var breakEvenRate: Estimate?

    /// Creates a size.
    public init(
      name: String, cores: Int, demand: Estimate, demandSource: String, law: Law?, effectiveCores: Double,
      load: Estimate,
      byUtilization: Estimate, bySquareRoot: Estimate, instances: Estimate
    ) {
      (self.name, self.cores, self.demand, self.demandSource) = (name, cores, demand, demandSource)
      (self.law, self.effectiveCores, self.load) = (law, effectiveCores, load)
      (self.byUtilization, self.bySquareRoot, self.instances) = (byUtilization, bySquareRoot, instances)
    }
  }

  /// A price per request.
  public struct Serverless: Codable, Equatable, Sendable {
    /// The price of a request.
    public var pricePerRequest: Double
    /// The requests per month.
    public var requestsPerMonth: Double
    /// The cost per month.
    public var monthlyCost: Double

    /// Creates a price.
    public init(pricePerRequest: Double, requestsPerMonth: Double) {
      (self.pricePerRequest, self.requestsPerMonth) = (pricePerRequest, requestsPerMonth)
      monthlyCost = pricePerRequest * requestsPerMonth
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<PlanRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The length of a month in seconds.
  public var month: Double
  /// The requests.
  public var traffic: Traffic
  /// The growth of storage; `nil` without writes.
  public var storage: Storage?
  /// The objective; `nil` if none was given.
  public var objective: LatencyObjective?
  /// The utilization target.
  public var target: Double
  /// The probability to wait of the exact count and of the square-root rule.
  public var waitProbability: Double
  /// The sizes of instances, in the order in which they were given.
  public var sizes: [Size] = []
  /// The price per request; `nil` if none was given.
  public var serverless: Serverless?
  /// The simulated policies; `nil` if there are none.
  public var simulation: SimulationRecord?
  /// The tiers of the service; `nil` if none are given.
  public var system: SystemRecord?

  /// Creates a plan without sizes.
  public init(
    month: Double, traffic: Traffic, objective: LatencyObjective?, target: Double, waitProbability: Double
  ) {
    (self.month, self.traffic, self.objective) = (month, traffic, objective)
    (self.target, self.waitProbability) = (target, waitProbability)
  }
}

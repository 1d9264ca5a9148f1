/// The greatest rates at which services meet an objective: `scaleup.capacity/1`. It contains every try.
public struct CapacityRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.capacity

  /// The outcome of a try.
  public enum Outcome: String, Codable, CaseIterable, Sendable {
    /// The service met the objective.
    case met
    /// The service missed the objective.
    case missed
    /// The load generator ran out of CPU time, so the try says nothing about the service.
    case generator
  }

  /// A trial of a service at one rate.
  public struct Try: Codable, Equatable, Sendable {
    /// The offered rate in requests per second.
    public var rate: Double
    /// The outcome.
    public var outcome: Outcome
    /// The latency at the percentile of the objective, in nanoseconds; `nil` if nothing was answered.
    public var latency: UInt64?
    /// The achieved rate: correct answers per second.
    public var achievedRate: Double
    /// The cores that the server kept busy.
    public var serverCores: Double
    /// The cores that the load generator kept busy.
    public var generatorCores: Double
    /// Whether other programs disturbed the try; `nil` if foreign load was not recorded.
    public var disturbed: Bool?
    /// The cores that had work while the hypervisor ran other guests, on average; `nil` if that was not recorded.
    public var stolenCores: Double?

    /// Creates a try.
    public init(
      rate: Double, outcome: Outcome, latency: UInt64?, achievedRate: Double, serverCores: Double,
      generatorCores: Double, disturbed: Bool? = nil, stolenCores: Double? = nil
    ) {
      self.rate = rate
      self.outcome = outcome
      self.latency = latency
      self.achievedRate = achievedRate
      self.serverCores = serverCores
      self.generatorCores = generatorCores
      self.disturbed = disturbed
      self.stolenCores = stolenCores
    }
  }

  /// A model with a number of workers, and its tries.
  public struct Service: Codable, Equatable, Sendable {
    /// The concurrency model.
    public var model: String
    /// Whether the model is a program from outside the suite; `nil` means no.
    public var isPeer: Bool?
    /// The number of workers.
    public var workers: Int
    /// The greatest rate that met the objective, below `high`; `nil` if none did.
    public var low: Double?
    /// The least rate that missed the objective; `nil` if none did.
    public var high: Double?
    /// Whether both were tried often enough, and are close.
    public var confirmed: Bool
    /// Whether the server and the load generator ran on the same CPUs; `nil` if nothing was measured.
    public var sharesCPUs: Bool?
    /// The tries in the order in which they were made.
    public var tries: [Try]
    /// The reason that the search was abandoned; `nil` if it was not.
    public var failure: String?

    /// Creates a service without tries.
    public init(model: String, isPeer: Bool? = nil, workers: Int) {
      self.model = model
      self.isPeer = isPeer
      self.workers = workers
      (confirmed, tries) = (false, [])
    }

    /// Whether the search ended because the load generator ran out of CPU time.
    public var isBoundByGenerator: Bool { tries.last?.outcome == .generator }
  }

  /// The speedup of a service, computed from the rates, for readers of the JSON.
  public struct Speedup: Codable, Equatable, Sendable {
    /// The concurrency model.
    public var model: String
    /// The number of workers.
    public var workers: Int
    /// The speedup; `nil` if a rate that it needs is unknown.
    public var speedup: Double?
    /// The speedup over the number of workers.
    public var efficiency: Double?

    /// Creates a speedup.
    public init(model: String, workers: Int, speedup: Double?, efficiency: Double?) {
      self.model = model
      self.workers = workers
      self.speedup = speedup
      self.efficiency = efficiency
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<CapacityRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The name of the machine, or the label that replaces it.
  public var host: String
  /// The time at which the measurement started, in UTC, in the format of RFC 3339.
  public var startedAt: String
  /// The host information.
  public var passport: Passport
  /// The objective.
  public var objective: LatencyObjective
  /// The path of every request.
  public var path: String
  /// The most connections of the load generator.
  public var connections: Int
  /// The measured time of a try in nanoseconds, without the warm-up.
  public var duration: UInt64
  /// The services, in the order in which they are tried.
  public var services: [Service] = []
  /// Whether the measurement was interrupted; `nil` means no.
  public var interrupted: Bool?
  /// The speedups computed from the rates, in the order of the services.
  public var speedups: [Speedup]?
  /// The laws fitted to the rates, a record per model with several numbers of workers.
  public var fits: [FitRecord]?

  /// Creates a record without services.
  public init(
    host: String, startedAt: String, passport: Passport, objective: LatencyObjective, path: String,
    connections: Int, duration: UInt64
  ) {
    self.host = host
    self.startedAt = startedAt
    self.passport = passport
    self.objective = objective
    self.path = path
    self.connections = connections
    self.duration = duration
  }
}

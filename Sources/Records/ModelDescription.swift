/// What a model executable can do, as it tells when asked with `--describe`: `scaleup.model/1`.
public struct ModelDescription: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.model

  /// A workload that the executable has.
  public struct Workload: Codable, Equatable, Sendable {
    /// Whether the amount of work is given and the time measured, or the other way round.
    public enum Extent: String, Codable, Sendable {
      /// `--upto N` gives the amount.
      case numbers
      /// `--seconds S` gives the time.
      case period
    }

    /// The word for it on the command line.
    public var name: String
    /// One line that says what is computed.
    public var summary: String
    /// What is given, amount or time.
    public var extent: Extent
    /// The inner loops that it can take on this machine; `nil` where there is but the scalar one.
    public var kernels: [String]?

    /// Describes a workload; a list of no kernels, or of the scalar one alone, is left out.
    public init(name: String, summary: String, extent: Extent, kernels: [String]? = nil) {
      self.name = name
      self.summary = summary
      self.extent = extent
      self.kernels = kernels?.contains { $0 != "scalar" } == true ? kernels : nil
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<ModelDescription>()
  /// The concurrency model.
  public var model: String
  /// One line that says how it runs workers.
  public var summary: String
  /// The version of the executable.
  public var version: String
  /// The most workers it takes.
  public var maximumWorkers: Int
  /// Whether a launcher such as `mpirun` starts its processes; `nil` is no.
  public var isLaunched: Bool?
  /// How it can deal chunks of numbers to its workers; `nil` where it cannot.
  public var schedules: [String]?
  /// Whether it replaces workers that are lost, and takes `--timeout S` for those that do not answer; `nil` where
  /// it does not.
  public var replacesWorkers: Bool?
  /// What it can compute.
  public var workloads: [Workload]

  /// Describes a model.
  public init(
    model: String, summary: String, version: String, maximumWorkers: Int, isLaunched: Bool? = nil,
    schedules: [String]? = nil, replacesWorkers: Bool? = nil, workloads: [Workload]
  ) {
    self.model = model
    self.summary = summary
    self.version = version
    self.maximumWorkers = maximumWorkers
    self.isLaunched = isLaunched
    self.schedules = schedules
    self.replacesWorkers = replacesWorkers
    self.workloads = workloads
  }
}

extension ModelDescription.Workload.Extent: JSONTextConvertible {
  /// The word in quotes.
  public var jsonText: String { rawValue.jsonText }
}

extension ModelDescription.Workload: JSONTextConvertible {
  /// The workload as a JSON object.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.name, name)
    object.set(.summary, summary)
    object.set(.extent, extent)
    object.set(.kernels, kernels)
    return object.text
  }
}

extension ModelDescription: JSONTextConvertible {
  /// The description as one line of JSON.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.schema, schema)
    object.set(.model, model)
    object.set(.summary, summary)
    object.set(.version, version)
    object.set(.maximumWorkers, maximumWorkers)
    object.set(.isLaunched, isLaunched)
    object.set(.schedules, schedules)
    object.set(.replacesWorkers, replacesWorkers)
    object.set(.workloads, workloads)
    return object.text
  }
}

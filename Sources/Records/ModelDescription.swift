/// The capabilities of a model executable, as printed by `--describe`: `scaleup.model/1`.
public struct ModelDescription: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.model

  /// A workload of the executable.
  public struct Workload: Codable, Equatable, Sendable {
    /// The quantity that is given: the amount of work or the time.
    public enum Extent: String, Codable, Sendable {
      /// `--upto N` gives the amount.
      case numbers
      /// `--seconds S` gives the time.
      case period
    }

    /// The name on the command line.
    public var name: String
    /// A one-line description.
    public var summary: String
    /// The quantity that is given: amount or time.
    public var extent: Extent
    /// The kernels available on this machine; `nil` if there is only the scalar one.
    public var kernels: [String]?

    /// The operations of `memory`, which is called with `--operation` and `--size` as well; `nil` for any other workload.
    public var operations: [String]?

    /// Creates a workload. A list of kernels that is empty or contains only `scalar` is left out.
    public init(
      name: String, summary: String, extent: Extent, kernels: [String]? = nil, operations: [String]? = nil
    ) {
      self.name = name
      self.summary = summary
      self.extent = extent
      self.kernels = kernels?.contains { $0 != "scalar" } == true ? kernels : nil
      self.operations = operations
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<ModelDescription>()
  /// The concurrency model.
  public var model: String
  /// A one-line description of how it runs workers.
  public var summary: String
  /// The version of the executable.
  public var version: String
  /// The maximum number of workers.
  public var maximumWorkers: Int
  /// Whether a launcher such as `mpirun` starts its processes; `nil` means no.
  public var isLaunched: Bool?
  /// The schedules that it supports; `nil` if it does not use chunks.
  public var schedules: [String]?
  /// Whether it replaces lost workers and supports `--timeout S` for unresponsive ones; `nil` means no.
  public var replacesWorkers: Bool?
  /// The part of the model that `--placement` puts on CPUs; `nil` if it does not support the option.
  public var placement: PlacedUnit?
  /// Whether it is also a server, with the command `serve`; `nil` means no.
  public var serves: Bool?
  /// The workloads that it supports.
  public var workloads: [Workload]

  /// The part of a model that can be put on CPUs.
  public enum PlacedUnit: String, Codable, Sendable {
    /// Every single worker.
    case workers
    /// Only the process with all its workers.
    case process
  }

  /// Creates a model.
  public init(
    model: String, summary: String, version: String, maximumWorkers: Int, isLaunched: Bool? = nil,
    schedules: [String]? = nil, replacesWorkers: Bool? = nil, placement: PlacedUnit? = nil,
    serves: Bool? = nil, workloads: [Workload]
  ) {
    self.model = model
    self.summary = summary
    self.version = version
    self.maximumWorkers = maximumWorkers
    self.isLaunched = isLaunched
    self.schedules = schedules
    self.replacesWorkers = replacesWorkers
    self.placement = placement
    self.serves = serves
    self.workloads = workloads
  }
}

extension ModelDescription.Workload.Extent: JSONTextConvertible {
  /// The word in quotes.
  public var jsonText: String { rawValue.jsonText }
}

extension ModelDescription.PlacedUnit: JSONTextConvertible {
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
    object.set(.operations, operations)
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
    object.set(.placement, placement)
    object.set(.serves, serves)
    object.set(.workloads, workloads)
    return object.text
  }
}

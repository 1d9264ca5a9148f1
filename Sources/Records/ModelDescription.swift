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

    /// Describes a workload.
    public init(name: String, summary: String, extent: Extent) {
      self.name = name
      self.summary = summary
      self.extent = extent
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
  /// What it can compute.
  public var workloads: [Workload]

  /// Describes a model.
  public init(model: String, summary: String, version: String, maximumWorkers: Int, workloads: [Workload]) {
    self.model = model
    self.summary = summary
    self.version = version
    self.maximumWorkers = maximumWorkers
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
    object.set(.workloads, workloads)
    return object.text
  }
}

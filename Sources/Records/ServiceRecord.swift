/// A service that is ready: the first line that `scaleup-<model> serve --json` prints, `scaleup.service/1`.
public struct ServiceRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.service

  /// The format's name and version.
  public var schema = SchemaTag<ServiceRecord>()
  /// The version of the suite.
  public var version: String
  /// The concurrency model.
  public var model: String
  /// The number of workers.
  public var workers: Int
  /// The address that it listens on.
  public var address: String
  /// The port that it listens on.
  public var port: Int
  /// The identifier of its process.
  public var process: Int

  /// Creates the record of a service.
  public init(
    version: String = suiteVersion, model: String, workers: Int, address: String, port: Int, process: Int
  ) {
    self.version = version
    self.model = model
    self.workers = workers
    self.address = address
    self.port = port
    self.process = process
  }
}

extension ServiceRecord: JSONTextConvertible {
  /// The record as one line of JSON.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.schema, schema)
    object.set(.version, version)
    object.set(.model, model)
    object.set(.workers, workers)
    object.set(.address, address)
    object.set(.port, port)
    object.set(.process, process)
    return object.text
  }
}

extension ServiceRecord: Bounded {
  /// The reason that a decoded record is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? { Bounds(self).problem }

  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.name(model, "model")
    bounds.require(workers, in: 1...Bounds.mostCount, "workers")
    bounds.name(address, "address")
    bounds.require(port, in: 1...Int(UInt16.max), "port")
    bounds.require(process, in: 1...Int(Int32.max), "process")
  }
}

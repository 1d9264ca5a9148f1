/// The format of a record: its name and its major version, written `scaleup.trial/1`.
public struct Schema: Equatable, Sendable, CustomStringConvertible {
  /// The result of one execution of a model executable.
  public static let trial = Schema(name: "scaleup.trial", version: 1)
  /// A plan executed on a machine.
  public static let run = Schema(name: "scaleup.run", version: 1)
  /// The capabilities of a model executable.
  public static let model = Schema(name: "scaleup.model", version: 1)
  /// The efficiency of models with ever smaller chunks of work.
  public static let granularity = Schema(name: "scaleup.granularity", version: 1)
  /// The greatest rates at which services meet an objective.
  public static let capacity = Schema(name: "scaleup.capacity", version: 1)
  /// The description of a machine.
  public static let machine = Schema(name: "scaleup.machine", version: 1)
  /// Scaling laws fitted to throughputs by worker count.
  public static let fit = Schema(name: "scaleup.fit", version: 1)
  /// A comparison of runs of the same work.
  public static let comparison = Schema(name: "scaleup.comparison", version: 1)
  /// A program in another language, and the commands that build and run it.
  public static let peer = Schema(name: "scaleup.peer", version: 1)
  /// A run of the load generator.
  public static let load = Schema(name: "scaleup.load", version: 1)
  /// A plan of a service.
  public static let plan = Schema(name: "scaleup.plan", version: 1)
  /// A service that is ready.
  public static let service = Schema(name: "scaleup.service", version: 1)
  /// The state of a balancer or of a queue of jobs.
  public static let front = Schema(name: "scaleup.front", version: 1)
  /// A fleet that ran.
  public static let fleet = Schema(name: "scaleup.fleet", version: 1)

  /// The name of the format.
  public let name: String
  /// The major version. A reader of one version rejects all others.
  public let version: Int

  /// The format as written in a record.
  public var description: String { "\(name)/\(version)" }

  /// The formats that `scaleup report` reads beside runs, one file at a time.
  static let reported = [granularity, capacity, plan, fleet]

  /// Checks that a record has this format and version.
  ///
  /// - Throws: `RecordError` if it does not.
  func check(_ found: String) throws(RecordError) {
    if found == description { return }
    throw found.hasPrefix("\(name)/")
      ? .unknownVersion(found: found, known: self) : .otherFormat(found: found, expected: self)
  }
}

/// The reason a record cannot be read.
public enum RecordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The record has a version of the format that this program does not support.
  case unknownVersion(found: String, known: Schema)
  /// The record has another format.
  case otherFormat(found: String, expected: Schema)

  /// A phrase with the found and the expected format.
  public var description: String {
    switch self {
    case .unknownVersion(let found, let known):
      "has the unsupported version '\(found.prefix(80))'; this scaleup reads '\(known)'"
    case .otherFormat(let found, let expected):
      "is a '\(found.prefix(80))' record\(Self.reader(of: found)) instead of a '\(expected)' record"
    }
  }

  /// Returns a clause with the command that reads a format, or with the version that this program reads; empty if that of the
  /// message reads it, or if none does.
  private static func reader(of found: String) -> String {
    guard let known = Schema.reported.first(where: { found.hasPrefix("\($0.name)/") }) else { return "" }
    return known.description == found
      ? ", which only scaleup report reads," : ", an unsupported version (this scaleup reads '\(known)'),"
  }
}

/// A record that names its format.
public protocol VersionedRecord {
  /// The format.
  static var schema: Schema { get }
}

/// The `schema` member of a record. It is decoded first, and checked.
public struct SchemaTag<Record: VersionedRecord>: Codable, Equatable, Sendable {
  /// Creates the tag of a new record.
  public init() {}

  /// Reads the tag.
  ///
  /// - Throws: `RecordError` for another format or version.
  public init(from decoder: any Decoder) throws {
    try Record.schema.check(decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the tag.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Record.schema.description)
  }
}

/// The version of the suite and of every executable in it.
public let suiteVersion = "0.1.0"

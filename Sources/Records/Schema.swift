/// The format of a record: its name and its major version, written `scaleup.trial/1`.
public struct Schema: Equatable, Sendable, CustomStringConvertible {
  /// What one model executable found in one execution.
  public static let trial = Schema(name: "scaleup.trial", version: 1)
  /// A plan carried out on a machine.
  public static let run = Schema(name: "scaleup.run", version: 1)
  /// What a model executable can do.
  public static let model = Schema(name: "scaleup.model", version: 1)
  /// How models do with ever smaller chunks of work.
  public static let granularity = Schema(name: "scaleup.granularity", version: 1)
  /// What a machine is.
  public static let machine = Schema(name: "scaleup.machine", version: 1)
  /// What scaling laws say of throughputs by workers.
  public static let fit = Schema(name: "scaleup.fit", version: 1)
  /// How runs of the same work compare.
  public static let comparison = Schema(name: "scaleup.comparison", version: 1)
  /// How a program in another language is built and called.
  public static let peer = Schema(name: "scaleup.peer", version: 1)

  /// The name of the format.
  public let name: String
  /// Its major version: a reader of one refuses another.
  public let version: Int

  /// The format as it stands in a record.
  public var description: String { "\(name)/\(version)" }

  /// Refuses what is not this format, or not this version of it.
  ///
  /// - Throws: `RecordError`.
  func check(_ found: String) throws(RecordError) {
    if found == description { return }
    throw found.hasPrefix("\(name)/")
      ? .unknownVersion(found: found, known: self) : .otherFormat(found: found, expected: self)
  }
}

/// Why a record was refused.
public enum RecordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is the format, in a version that this program does not know.
  case unknownVersion(found: String, known: Schema)
  /// It is another format.
  case otherFormat(found: String, expected: Schema)

  /// One phrase: what was found and what was expected.
  public var description: String {
    switch self {
    case .unknownVersion(let found, let known):
      "is of version '\(found.prefix(80))', and this scaleup knows '\(known)'"
    case .otherFormat(let found, let expected):
      "is a '\(found.prefix(80))' record, and a '\(expected)' record was expected"
    }
  }
}

/// A record that names its format.
public protocol VersionedRecord {
  /// The format.
  static var schema: Schema { get }
}

/// The `schema` member of a record: checked when it is read, and so read first.
public struct SchemaTag<Record: VersionedRecord>: Codable, Equatable, Sendable {
  /// The tag of a record that is made here.
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

/// The version of the suite; every executable of it tells the same.
public let suiteVersion = "0.1.0"

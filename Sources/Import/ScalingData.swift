import Records

/// Throughputs by number of workers: the value into which every file is read, whatever wrote it.
public struct ScalingData: Equatable, Sendable {
  /// A value that all trials of a group share, such as that of a column.
  public struct Label: Hashable, Sendable {
    /// The title, such as `size`.
    public let title: String
    /// The value, such as `64`.
    public let value: String

    /// Creates a label.
    public init(_ title: String, _ value: String) {
      self.title = title
      self.value = value
    }
  }

  /// The trials of one command, benchmark or model, to which laws are fitted.
  public struct Group: Equatable, Sendable {
    /// The values that the trials share; empty if the data are one group without a name.
    public let labels: [Label]
    /// The trials, in the order of the file.
    public internal(set) var samples: [ScalingSample]
  }

  /// The groups, in the order of their first trials.
  public private(set) var groups: [Group] = []
  /// Sentences about what was guessed, assumed or left out.
  public var notes: [String] = []

  private var places: [[Label]: Int] = [:]

  /// Makes data without trials.
  public init() {}

  /// Adds a trial to the group with the labels.
  ///
  /// - Returns: The position of the group.
  @discardableResult
  public mutating func add(_ sample: ScalingSample, _ labels: [Label]) -> Int {
    if let place = places[labels] {
      groups[place].samples.append(sample)
      return place
    }
    places[labels] = groups.count
    groups.append(Group(labels: labels, samples: [sample]))
    return groups.count - 1
  }
}

extension ScalingData {
  /// The accepted numbers of workers and measures, whose products are finite.
  static let possibleWorkers = 1e-3...1e9
  static let possibleMeasures = 1e-100...1e100

  /// Reads a table, or the JSON of hyperfine or Google Benchmark. The content tells the format.
  ///
  /// - Throws: `ImportError`.
  public init(_ text: String, columns: ColumnChoice = ColumnChoice()) throws(ImportError) {
    let first = text.utf8.first { !" \t\r\n".utf8.contains($0) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      self = try Self.json(text, columns)
    } else if columns.tableOptions.isEmpty && columns.throughput == nil,
      let file = try HyperfineFile(table: text)
    {
      self = try Self.checked { () throws(JSONFormatError) in try file.data(columns) }
    } else {
      do throws(ScalingTable.FormatError) {
        self = try ScalingTable.read(text, columns)
      } catch {
        throw .table(error)
      }
    }
  }

  private static func json(_ text: String, _ columns: ColumnChoice) throws(ImportError) -> ScalingData {
    try checked { () throws(JSONFormatError) in
      let file = try JSONValue.read(text)
      if let results = file["results"] { return try HyperfineFile(results).data(columns) }
      if file["benchmarks"] != nil { return try GoogleBenchmarkFile(file).data(columns) }
      throw .unknownFile(schema: file["schema"]?.string, keys: file.keys)
    }
  }

  private static func checked(
    _ read: () throws(JSONFormatError) -> ScalingData
  ) throws(ImportError) -> ScalingData {
    do throws(JSONFormatError) {
      return try read()
    } catch {
      throw .json(error)
    }
  }
}

/// The reason that a file has no throughputs by number of workers, as a phrase that follows the name of the file.
public enum ImportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A table is malformed.
  case table(ScalingTable.FormatError)
  /// A JSON file is malformed, or was written by an unknown program.
  case json(JSONFormatError)

  /// One line with the place, the error and the remedy.
  public var description: String {
    switch self {
    case .table(let error): "\(error)"
    case .json(let error): "\(error)"
    }
  }
}

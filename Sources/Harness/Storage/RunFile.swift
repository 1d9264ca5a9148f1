import Formatting
import Platform
import Records

/// The reason a results file is unusable.
public struct RunFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason, as one line.
  public let description: String
}

/// Reading of results files.
public enum RunFile {
  /// The greatest size of a file in bytes.
  public static let sizeLimit = 1 << 30

  /// A run and its JSON in the file.
  public struct Entry: Equatable, Sendable {
    /// The run.
    public let record: RunRecord
    /// Its JSON.
    public let json: String
  }

  /// Reads a results file, or a page with one run.
  ///
  /// - Throws: `RunFileError`.
  public static func read(_ path: String) throws(RunFileError) -> RunRecord {
    try entry(path).record
  }

  /// Reads a results file, or a page with one run, with its JSON.
  ///
  /// - Throws: `RunFileError`.
  public static func entry(_ path: String) throws(RunFileError) -> Entry {
    let entries = try entries(of: path)
    guard entries.count == 1 else {
      throw RunFileError(
        description: "\(Readable.line(path)) has \(Readable.count(entries.count, "run")) (expected one)")
    }
    return entries[0]
  }

  /// Reads all runs in a file: that of a results file, or those in a page written by `scaleup report`.
  ///
  /// - Throws: `RunFileError`.
  public static func entries(of path: String) throws(RunFileError) -> [Entry] {
    let text: String
    do throws(TextFileError) {
      text = try File.text(path, limit: sizeLimit)
    } catch {
      let reason = Readable.line("\(error)", limit: 1000)
      throw RunFileError(description: "\(reason) (expected \(expected))")
    }
    return try entries(in: text, named: path)
  }

  /// Reads all runs in the text of a results file or of a page.
  ///
  /// - Parameter name: The name of the text in messages.
  /// - Throws: `RunFileError`.
  public static func entries(in text: String, named name: String) throws(RunFileError) -> [Entry] {
    do throws(JSON.ReadError) {
      if text.isEmpty { throw JSON.ReadError(description: "is empty: its run saved no trial") }
      let records = EmbeddedRecord.records(in: text) ?? [text]
      if records.isEmpty { throw JSON.ReadError(description: "is a page without runs") }
      var entries: [Entry] = []
      for json in records { entries.append(Entry(record: try record(json), json: json)) }
      return entries
    } catch {
      throw RunFileError(description: "\(Readable.line(name)) \(error) (expected \(expected))")
    }
  }

  /// Whether a text is a results file or a page, by its schema or its first character.
  public static func isRun(_ text: String) -> Bool {
    if EmbeddedRecord.records(in: text) != nil { return true }
    // Quotes in a string are escaped, so that only a member begins like this.
    return ["", " "].contains { text.utf8.firstRange(of: "\"schema\":\($0)\"scaleup.run/".utf8) != nil }
  }

  private static let expected = "a results file written by scaleup run"

  private static func record(_ json: String) throws(JSON.ReadError) -> RunRecord {
    let run = try JSON.decode(RunRecord.self, from: json)
    if let contradiction = run.contradiction {
      throw JSON.ReadError(description: Readable.line(contradiction, limit: 1000))
    }
    return run
  }
}

extension GranularityRecord {
  /// Reads a record that was saved from `scaleup granularity --json`; `nil` if the file is not such a record.
  ///
  /// - Throws: `RunFileError` if the record is invalid.
  public static func read(_ path: String) throws(RunFileError) -> GranularityRecord? {
    try record(in: path, \.contradiction)
  }
}

extension CapacityRecord {
  /// Reads a record that was saved from `scaleup capacity --json`; `nil` if the file is not such a record.
  ///
  /// - Throws: `RunFileError` if the record is invalid.
  public static func read(_ path: String) throws(RunFileError) -> CapacityRecord? {
    try record(in: path, \.contradiction)
  }
}

extension PlanRecord {
  /// Reads a plan that was saved from `scaleup plan --json`, or the one in its page; `nil` if the file has none.
  ///
  /// - Throws: `RunFileError` if the plan is invalid.
  public static func read(_ path: String) throws(RunFileError) -> PlanRecord? {
    try record(in: path, \.contradiction)
  }
}

extension FleetRecord {
  /// Reads a record that was saved by `scaleup fleet`, or the one in its page; `nil` if the file has none.
  ///
  /// - Throws: `RunFileError` if the record is invalid.
  public static func read(_ path: String) throws(RunFileError) -> FleetRecord? {
    try record(in: path, \.contradiction)
  }
}

/// Reads the only record in a file or in a page; `nil` if its format is another.
///
/// - Parameter contradiction: Returns the reason that a record is invalid, as a predicate.
/// - Throws: `RunFileError` if the record is invalid or of another version.
private func record<Record: Decodable & VersionedRecord>(
  in path: String, _ contradiction: (Record) -> String?
) throws(RunFileError) -> Record? {
  guard let text = try? File.text(path, limit: RunFile.sizeLimit) else { return nil }
  let records = EmbeddedRecord.records(in: text) ?? [text]
  // A record of another version has the format, and is refused with the version that this program reads.
  guard records.count == 1,
    let found = (try? JSON.decode(AnyRecord.self, from: records[0]))?.schema,
    found.hasPrefix("\(Record.schema.name)/")
  else { return nil }
  do throws(JSON.ReadError) {
    let record = try JSON.decode(Record.self, from: records[0])
    guard let contradiction = contradiction(record) else { return record }
    throw JSON.ReadError(description: Readable.line(contradiction, limit: 1000))
  } catch {
    throw RunFileError(description: "\(Readable.line(path)) \(error)")
  }
}

/// The format of a record.
private struct AnyRecord: Decodable {
  let schema: String
}

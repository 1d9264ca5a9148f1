import Formatting
import Platform
import Records

/// A results file.
public enum RunFile {
  /// The bytes over which a file is not read.
  public static let sizeLimit = 1 << 30

  /// Why a results file cannot be used.
  public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line.
    public let description: String
  }

  /// A run, and its JSON as it stands in the file.
  public struct Entry: Equatable, Sendable {
    /// The run.
    public let record: RunRecord
    /// Its JSON.
    public let json: String
  }

  /// Reads a results file, or a page that holds one run.
  ///
  /// - Throws: `Problem`.
  public static func read(_ path: String) throws(Problem) -> RunRecord {
    let entries = try entries(of: path)
    guard entries.count == 1 else {
      throw Problem(
        description:
          "\(Readable.line(path)) holds \(Readable.count(entries.count, "run")); expected a file with one")
    }
    return entries[0].record
  }

  /// Reads the runs in a file: that of a results file, or those in a page that `scaleup report` has written.
  ///
  /// - Throws: `Problem`.
  public static func entries(of path: String) throws(Problem) -> [Entry] {
    let text: String
    do throws(SystemError) {
      text = try File.read(path, limit: sizeLimit)
    } catch {
      let reason = Readable.line("\(error)", limit: 1000)
      throw Problem(description: "\(reason); expected \(expected)")
    }
    do throws(JSON.Problem) {
      let records = EmbeddedRecord.records(in: text) ?? [text]
      if records.isEmpty { throw JSON.Problem(description: "is a page without a run in it") }
      var entries: [Entry] = []
      for json in records { entries.append(Entry(record: try record(json), json: json)) }
      return entries
    } catch {
      throw Problem(description: "\(Readable.line(path)) \(error); expected \(expected)")
    }
  }

  private static let expected = "a results file that scaleup run has written"

  private static func record(_ json: String) throws(JSON.Problem) -> RunRecord {
    let run = try JSON.decode(RunRecord.self, from: json)
    if let contradiction = run.contradiction { throw JSON.Problem(description: contradiction) }
    return run
  }
}

extension GranularityRecord {
  /// The record in a file that somebody has kept; `nil` where the file is none.
  public static func read(_ path: String) -> GranularityRecord? {
    guard let text = try? File.read(path, limit: RunFile.sizeLimit) else { return nil }
    return try? JSON.decode(GranularityRecord.self, from: text)
  }
}

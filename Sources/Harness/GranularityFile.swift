import Platform
import Records

extension GranularityRecord {
  /// The record in a file that somebody has kept; `nil` where the file is none.
  public static func read(_ path: String) -> GranularityRecord? {
    guard let text = try? File.read(path, limit: RunFile.sizeLimit) else { return nil }
    return try? JSON.decode(GranularityRecord.self, from: text)
  }
}

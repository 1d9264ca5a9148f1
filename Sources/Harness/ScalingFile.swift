import Platform
import Records

/// A file of throughputs by workers, as comma-separated values (RFC 4180).
public enum ScalingFile {
  /// The bytes over which a file is not read: some tens of millions of rows.
  public static let sizeLimit = 1 << 28

  /// Why a file cannot be used.
  public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line: where, what is wrong, what was expected, and what to do.
    public let description: String
  }

  /// Reads a file.
  ///
  /// - Throws: `Problem`.
  public static func read(_ path: String) throws(Problem) -> [ScalingSample] {
    let text: String
    do throws(SystemError) {
      text = try File.read(path, limit: sizeLimit)
    } catch {
      let reason = Readable.line("\(error)", limit: 1000)
      throw Problem(
        description: "\(reason); expected a file of comma-separated values, \(ScalingTable.expected)")
    }
    do throws(ScalingTable.Problem) {
      return try ScalingTable.samples(in: text)
    } catch {
      throw Problem(description: "\(Readable.line(path)) \(error)")
    }
  }
}

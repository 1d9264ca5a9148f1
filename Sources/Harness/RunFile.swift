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

  /// Reads a results file.
  ///
  /// - Throws: `Problem`.
  public static func read(_ path: String) throws(Problem) -> RunRecord {
    let text: String
    do throws(SystemError) {
      text = try File.read(path, limit: sizeLimit)
    } catch {
      let reason = Readable.line("\(error)", limit: 1000)
      throw Problem(description: "\(reason); expected a results file that scaleup run has written")
    }
    do throws(JSON.Problem) {
      let run = try JSON.decode(RunRecord.self, from: text)
      if let contradiction = run.contradiction { throw JSON.Problem(description: contradiction) }
      return run
    } catch {
      throw Problem(
        description: "\(Readable.line(path)) \(error); expected a results file that scaleup run has written")
    }
  }
}

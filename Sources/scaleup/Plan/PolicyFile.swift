import Arguments
import Formatting
import Harness
import Platform

/// The JSON files of policies, of states for them, and of systems.
enum PolicyFile {
  /// The greatest size of a file in bytes.
  private static let sizeLimit = 1 << 24

  /// Returns the name of a file for messages.
  static func name(of path: String) -> String { path == "-" ? "standard input" : Readable.line(path) }

  /// Reads a value from a file; `-` is standard input.
  ///
  /// - Throws: `CommandFailure` if the file cannot be read or holds something else.
  static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws(CommandFailure) -> Value {
    let text: String
    do throws(TextFileError) {
      text = try File.text(path == "-" ? "/dev/stdin" : path, limit: sizeLimit)
    } catch {
      throw CommandFailure(message: "\(error)", status: UsageError.exitStatus)
    }
    do throws(JSON.ReadError) {
      return try JSON.decode(type, from: text)
    } catch {
      throw CommandFailure(message: "\(name(of: path)) \(error)", status: UsageError.exitStatus)
    }
  }
}

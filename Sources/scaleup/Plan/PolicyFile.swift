import Arguments
import Formatting
import Harness
import Platform

/// The JSON files of policies, and of states for them.
enum PolicyFile {
  /// The greatest size of a file in bytes.
  private static let sizeLimit = 1 << 24

  /// Reads a value from a file; `-` is standard input.
  ///
  /// - Throws: `CommandFailure` if the file cannot be read or holds something else.
  static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws(CommandFailure) -> Value {
    let isInput = path == "-"
    let name = isInput ? "standard input" : Readable.line(path)
    let text: String
    do throws(TextFileError) {
      text = try File.text(isInput ? "/dev/stdin" : path, limit: sizeLimit)
    } catch {
      throw CommandFailure(message: "\(error)", status: UsageError.exitStatus)
    }
    do throws(JSON.ReadError) {
      return try JSON.decode(type, from: text)
    } catch {
      throw CommandFailure(message: "\(name) \(error)", status: UsageError.exitStatus)
    }
  }
}

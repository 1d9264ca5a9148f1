import Formatting
import Platform
import Records

/// The command that starts the processes of a model on one machine or on several, such as `mpirun -n {workers}`. It is
/// executed without a shell.
public struct Launcher: Hashable, Sendable {
  /// The words of the command, with placeholders.
  public let words: [String]

  /// Whether it has a placeholder for the number of processes, as it must if a process has several threads.
  public var knowsRanks: Bool { words.contains { $0.contains("{ranks}") } }

  /// Splits a command into words (`shellWords`). Returns `nil` if it cannot be split, if there are no words, or if no word has
  /// the placeholder `{workers}` or `{ranks}`.
  public init?(_ command: String) {
    guard let words = try? shellWords(command), words.first?.isEmpty == false,
      words.contains(where: { $0.contains("{workers}") || $0.contains("{ranks}") })
    else { return nil }
    self.words = words
  }

  /// Returns the words for a number of workers: `{workers}` is replaced by it, `{threads}` by the threads per process,
  /// and `{ranks}` by the number of processes.
  func words(workers: Int, threads: Int) -> [String] {
    let values = [("{workers}", workers), ("{threads}", threads), ("{ranks}", workers / max(1, threads))]
    return words.map { word in values.reduce(word) { $0.replacing($1.0, with: "\($1.1)") } }
  }
}

extension Launcher {
  /// Returns the error message of a model's executable, or else the output of its launcher, to follow the exit status;
  /// empty if neither printed anything.
  ///
  /// Launchers draw rules around their messages, which are removed. MPICH's launcher reports a killed process on
  /// standard output, next to the records, whose lines begin with a brace. Paths are cut to their last component,
  /// because a saved run has no paths of this machine.
  ///
  /// - Parameter name: The name of the executable, which begins its own lines.
  static func lastWords(of name: String, output: String = "", error: String) -> String {
    let own = error.split(whereSeparator: \.isNewline).first { $0.hasPrefix("\(name): ") }
    let said =
      own.map { [$0.dropFirst(name.utf8.count + 2)] }
      ?? "\(output)\n\(error)".split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("{") }
    let words = said.joined(separator: " ").split(separator: " ").filter { word in
      !word.allSatisfy { "-=\t".contains($0) }
    }
    let names = words.map { $0.hasPrefix("/") ? $0.split(separator: "/").last ?? $0 : $0 }
    return names.isEmpty ? "" : ": \(Readable.line(names.joined(separator: " "), limit: 500))"
  }
}

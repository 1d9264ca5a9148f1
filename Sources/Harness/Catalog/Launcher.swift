import Formatting
import Platform
import Records

/// The command that starts the processes of a model on one machine or on many, such as `mpirun -n {workers}`. No shell
/// is used for it.
public struct Launcher: Hashable, Sendable {
  /// The words, with their placeholders.
  public let words: [String]

  /// Whether it tells processes and workers apart, which it must where a process has several threads.
  public var knowsRanks: Bool { words.contains { $0.contains("{ranks}") } }

  /// Splits a command into words, which spaces separate. Within quotes, single or double, spaces belong to the word;
  /// nothing else has a meaning of its own. `nil` for no words, for a quote that is not closed, and where nothing says
  /// how many processes to start.
  public init?(_ command: String) {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in command {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    words += [word].compactMap(\.self)
    guard quote == nil, words.first?.isEmpty == false,
      words.contains(where: { $0.contains("{workers}") || $0.contains("{ranks}") })
    else { return nil }
    self.words = words
  }

  /// The words for a number of workers: `{workers}` stands for it, `{threads}` for the threads of a process, and
  /// `{ranks}` for the processes.
  func words(workers: Int, threads: Int) -> [String] {
    let values = [("{workers}", workers), ("{threads}", threads), ("{ranks}", workers / max(1, threads))]
    return words.map { word in values.reduce(word) { $0.replacing($1.0, with: "\($1.1)") } }
  }
}

extension Launcher {
  /// What a model's executable, or else its launcher, has said, to be set behind how the launcher ended. A launcher has
  /// much to say beside, and draws lines around it; MPICH's tells of a killed process on standard output, where the
  /// lines in braces are records. Of a path the last name is enough, for a saved run tells no folder of this machine.
  ///
  /// - Parameter name: The name of the executable, with which its own lines begin.
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

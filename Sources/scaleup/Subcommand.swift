import Arguments
import Platform

/// A subcommand of `scaleup`.
protocol Subcommand: SendableMetatype {
  associatedtype Arguments

  /// The syntax of the command line, which is parsed into `Arguments`.
  static var command: Command<Arguments> { get }

  /// Carries the subcommand out.
  static func run(_ arguments: Arguments) throws -> ProgramOutput
}

extension Subcommand {
  /// The word that calls the subcommand.
  static var word: String {
    command.name.split(separator: " ").last.map(String.init) ?? ""
  }

  /// One sentence that says what the subcommand does.
  static var summary: String { command.summary }

  /// Parses the words that follow the subcommand's, and prints its help or carries it out.
  static func output(of words: [String]) throws -> ProgramOutput {
    switch try command.parse(words) {
    case .help(let text): ProgramOutput(output: text)
    case .arguments(let arguments): try run(arguments)
    }
  }
}

/// The reason a command failed, and its exit status.
struct CommandFailure: Error {
  let message: String
  let status: Int32
}

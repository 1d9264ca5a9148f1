import Arguments
import Platform

/// A subcommand of `scaleup`.
protocol Subcommand: SendableMetatype {
  associatedtype Arguments

  /// The syntax of its arguments.
  static var command: Command<Arguments> { get }

  /// Runs the subcommand.
  static func run(_ arguments: Arguments) throws -> ProgramOutput
}

extension Subcommand {
  /// The word that calls the subcommand.
  static var word: String {
    command.name.split(separator: " ").last.map(String.init) ?? ""
  }

  /// The summary of the subcommand, as one sentence.
  static var summary: String { command.summary }

  /// Parses the arguments of the subcommand, and returns its help or runs it.
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

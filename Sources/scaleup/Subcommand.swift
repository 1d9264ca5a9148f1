import Arguments
import Platform

/// A subcommand of `scaleup`: what it takes, and what it does with that.
protocol Subcommand: SendableMetatype {
  /// What it takes.
  static var syntax: Command { get }

  /// Carries it out.
  static func run(_ matches: Matches) throws -> ProgramOutput
}

extension Subcommand {
  /// The word for it: the last of its command's.
  static var name: String {
    syntax.name.split(separator: " ").last.map(String.init) ?? ""
  }
}

/// Why a command cannot do what it was asked, and the exit status that says so.
struct CommandFailure: Error {
  let message: String
  let status: Int32
}

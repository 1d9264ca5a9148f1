import Arguments
import Formatting
import Harness
import Platform
import Records

@main
enum Main {
  /// The subcommands; `scaleup` alone is `scaleup run`.
  private static let subcommands: [any Subcommand.Type] = [
    RunCommand.self, ReportCommand.self, CompareCommand.self, FitCommand.self, GranularityCommand.self,
    DemoCommand.self, ListCommand.self, MachineCommand.self,
  ]

  static func main() {
    let output = output(of: Array(CommandLine.arguments.dropFirst()))
    exitProcess(output.deliver())
  }

  /// The one place where errors become text and an exit status.
  private static func output(of words: [String]) -> ProgramOutput {
    var name = "scaleup"
    do {
      switch words.first {
      case "--help": return ProgramOutput(output: help)
      case "--version": return ProgramOutput(output: "scaleup \(suiteVersion)\n")
      default: break
      }
      let isNamed = words.first.map { !$0.hasPrefix("-") } ?? false
      let subcommand = try subcommand(isNamed ? words[0] : "run")
      name = subcommand.syntax.name
      let matches = try subcommand.syntax.parse(isNamed ? Array(words.dropFirst()) : words)
      return try matches.has(.help)
        ? ProgramOutput(output: subcommand.syntax.help) : subcommand.run(matches)
    } catch let error as UsageError {
      return failure(error.message(for: name), UsageError.exitStatus)
    } catch let error as Interruption {
      return ProgramOutput(status: 128 + error.signal)
    } catch let error as CommandFailure {
      return failure(error.message, error.status)
    } catch {
      return failure("\(error)", 1)
    }
  }

  /// What went wrong, on one line: names in it may be of programs from outside.
  private static func failure(_ message: String, _ status: Int32) -> ProgramOutput {
    ProgramOutput(error: "scaleup: \(Readable.line(message, limit: 2000))\n", status: status)
  }

  private static func subcommand(_ word: String) throws(UsageError) -> any Subcommand.Type {
    if let subcommand = subcommands.first(where: { $0.name == word }) { return subcommand }
    let known = subcommands.map { $0.name }
    throw .unknownWord(word, kind: "subcommand", known: known, nearest: nearestWord(to: word, among: known))
  }

  private static var help: String {
    let list = helpList(subcommands.map { (term: $0.name, help: $0.syntax.summary) })
    let options = helpList([
      (term: "--help", help: Flag.help.help), (term: "--version", help: Flag.version.help),
    ])
    return """
      usage: scaleup [run] [options]
             scaleup SUBCOMMAND [options]

      measures how much faster this machine computes with more of its cores, under each concurrency model

      subcommands (see scaleup SUBCOMMAND --help):
      \(list)
      options:
      \(options)
      """
  }
}

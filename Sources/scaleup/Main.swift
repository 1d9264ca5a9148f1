import Arguments
import Harness
import Platform
import Records

@main
enum Main {
  /// The subcommands; `scaleup` alone is `scaleup run`.
  private static let subcommands: [any Subcommand.Type] = [
    RunCommand.self, ReportCommand.self, ListCommand.self, MachineCommand.self,
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
      return ProgramOutput(error: "scaleup: \(error.message(for: name))\n", status: UsageError.exitStatus)
    } catch let error as Interruption {
      return ProgramOutput(status: 128 + error.signal)
    } catch let error as CommandFailure {
      return ProgramOutput(error: "scaleup: \(error.message)\n", status: error.status)
    } catch {
      return ProgramOutput(error: "scaleup: \(Readable.line("\(error)"))\n", status: 1)
    }
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

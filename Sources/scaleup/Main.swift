import Arguments
import Formatting
import Harness
import Platform
import Records

@main
enum Main {
  /// The subcommands; `scaleup` alone is `scaleup run`.
  private static let subcommands: [any Subcommand.Type] = [
    RunCommand.self, ReportCommand.self, CompareCommand.self, MergeCommand.self, FitCommand.self,
    GranularityCommand.self, LoadCommand.self, BalanceCommand.self, JobsCommand.self, CapacityCommand.self,
    PlanCommand.self, FleetCommand.self, DemoCommand.self, ListCommand.self, MachineCommand.self,
  ]

  static func main() {
    let output = output(of: ThisProcess.arguments)
    exitProcess(output.deliver())
  }

  /// Runs a command line. This is the only place that turns errors into text and an exit status.
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
      name += " \(subcommand.word)"
      return try subcommand.output(of: isNamed ? Array(words.dropFirst()) : words)
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

  /// Returns an error as one line. Names in it may come from outside.
  private static func failure(_ message: String, _ status: Int32) -> ProgramOutput {
    ProgramOutput(error: "scaleup: \(Readable.line(message, limit: 2000))\n", status: status)
  }

  private static func subcommand(_ word: String) throws(UsageError) -> any Subcommand.Type {
    if let subcommand = subcommands.first(where: { $0.word == word }) { return subcommand }
    let known = subcommands.map { $0.word }
    throw .unknownWord(word, kind: "subcommand", known: known, nearest: nearestWord(to: word, among: known))
  }

  private static var help: String {
    let entries = subcommands.map { HelpEntry($0.word, $0.summary) }
    return """
      Usage: scaleup [run] [options]
             scaleup SUBCOMMAND [options]

      Measure how much faster this machine computes with more of its cores, under
      each concurrency model. Without a subcommand, scaleup runs the benchmarks.

      Subcommands (see scaleup SUBCOMMAND --help)
      \(helpList(entries))
      Options
      \(helpList([HelpEntry("--help", "show this help"), HelpEntry("--version", "show the version")]))
      Examples
        scaleup --quick
        scaleup run --workload sum --workers 1,2,4

      """
  }
}

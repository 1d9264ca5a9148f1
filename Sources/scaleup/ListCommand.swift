import Arguments
import Formatting
import Harness
import Platform
import Records

/// `scaleup list`: what there is to run, and what was saved.
enum ListCommand: Subcommand {
  static let syntax = Command("scaleup list", summary: "show the models, the workloads and the saved runs")

  static func run(_ matches: Matches) throws -> ProgramOutput {
    // Signals are caught by the runner and looked at while it runs something: not while the saved runs are read.
    let catalog = try ModelCatalog.findBesideThisProgram(ChildRunner())
    let models =
      catalog.models.map { ($0.description.model, $0.description.summary) }
      + catalog.idle.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      + catalog.missing.map { ($0, "missing; swift build -c release --product scaleup-\($0)") }
    let workloads = catalog.workloads.map { ($0.name, $0.summary) }
    let sections = [("models", models), ("workloads", workloads), ("saved runs", savedRuns())]
    let text = sections.map { title, entries in
      let lines = entries.map { (term: Readable.line($0.0), help: Readable.line($0.1)) }
      return "\(title):\n" + (lines.isEmpty ? "  none\n" : helpList(lines))
    }
    let problems = catalog.problems.map { "\nnot usable: \(Readable.line($0))\n" }
    return ProgramOutput(output: text.joined(separator: "\n") + problems.joined())
  }

  private static func summary(of record: GranularityRecord) -> String {
    "\(record.host), \(record.passport.effectiveCPUs) CPUs, granularity of \(record.models.count) models"
  }

  /// The runs in the results folder and in its folder of reference runs, with what each is.
  private static func savedRuns() -> [(String, String)] {
    let standard = ResultsFolder.standardPath
    return [standard, "\(standard)/reference"].flatMap { ResultsFolder($0).files() }.map { path in
      do {
        let run = try RunFile.read(path)
        let failed = run.trials.filter { $0.failure != nil }.count
        let missing = run.plan.trialCount - run.trials.count
        return (
          path,
          "\(run.host), \(run.passport.effectiveCPUs) CPUs, \(run.trials.count) trials"
            + (failed > 0 ? ", \(failed) failed" : "") + (missing > 0 ? ", \(missing) not done" : "")
        )
      } catch {
        return (path, GranularityRecord.read(path).map(summary) ?? "not a usable results file")
      }
    }
  }
}

import Arguments
import Formatting
import Harness
import Platform
import Records

/// `scaleup list`: prints the models, the workloads and the saved runs.
enum ListCommand: Subcommand {
  static let command = Command("scaleup list", summary: "Show the models, the workloads and the saved runs.")
  { _ in () }

  static func run(_ arguments: Void) throws -> ProgramOutput {
    let catalog = try ModelCatalog.findBesideThisProgram(ChildRunner())
    let models =
      catalog.models.map { ($0.description.model, $0.description.summary) }
      + catalog.idle.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      + catalog.broken.sorted { $0.key < $1.key }.map { ($0.key, "does not work: \($0.value)") }
      + catalog.missing.map { ($0, "missing; \(catalog.buildHint($0))") }
    let workloads = catalog.workloads.map { ($0.name, $0.summary) }
    let sections = [("Models", models), ("Workloads", workloads), ("Saved runs", savedRuns())]
    let text = sections.map { title, entries in
      let lines = entries.map { HelpEntry(Readable.line($0.0), Readable.line($0.1)) }
      return "\(title)\n" + (lines.isEmpty ? "  none\n" : helpList(lines))
    }
    let problems = catalog.problems.map { "\n\(Readable.line($0))\n" }
    return ProgramOutput(output: text.joined(separator: "\n") + problems.joined())
  }

  /// Returns a summary of a record of granularity or capacity; `nil` if a file is neither.
  private static func recordSummary(_ path: String) -> String? {
    if let record = try? GranularityRecord.read(path) {
      return
        "\(record.host), \(record.passport.effectiveCPUs) CPUs, granularity of \(record.models.count) models"
    }
    return (try? CapacityRecord.read(path)).map { record in
      "\(record.host), \(record.passport.effectiveCPUs) CPUs, capacity of "
        + Readable.count(record.services.count, "service")
    }
  }

  /// Returns the paths of the saved runs and of the reference runs, each with a summary.
  private static func savedRuns() -> [(String, String)] {
    let standard = ResultsDirectory.standardPath
    return [standard, "\(standard)/reference"].flatMap { ResultsDirectory($0).files() }.map { path in
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
        return (path, recordSummary(path) ?? "not a readable results file")
      }
    }
  }
}

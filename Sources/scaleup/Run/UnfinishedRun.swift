import Arguments
import Formatting
import Harness
import Platform
import Records

/// A saved run that ended early and is to be continued: `scaleup run --resume FILE`.
struct UnfinishedRun {
  private let path: String
  private let destination: RunDestination
  private let run: RunRecord

  /// The plan of the run.
  var plan: Plan { run.plan }

  /// Claims and reads a results file.
  ///
  /// - Throws: `CommandFailure` if it cannot be read, written or claimed.
  init(_ path: String) throws(CommandFailure) {
    self.path = path
    // Claimed before it is read, so that no other run appends to it in between.
    destination = try RunDestination(resuming: path)
    run = try RunRecord(savedAt: destination.path)
  }

  /// Returns the run, to be carried out from where it ended.
  ///
  /// - Parameter refinement: What to try after the planned rounds; `nil` is what the plan's precision needs.
  /// - Throws: `CommandFailure` if it was merged or shares its rounds with another, if the machine or the suite is
  ///   another, if a model is missing, or if a command is another; `Interruption`.
  func planned(_ session: RunSession, refinement: Refinement?) throws -> PlannedRun {
    if let parts = run.mergedFrom {
      throw failure(
        "it was merged from \(Readable.count(parts.count, "run")) (continue one of them, and merge again)")
    }
    if run.sharesRounds == true {
      throw failure(
        "it was tried in the same rounds as another suite (start a new run with --baseline-suite)")
    }
    try requireSameMachine(session.passport)
    let known = Set(session.catalog.models.map(\.description.model))
    if let configuration = run.plan.configurations.first(where: { !known.contains($0.model) }) {
      let absent = configuration.model
      if let line = configuration.command?.line {
        throw failure("its plan has the command '\(line)' (give it again: --command \"\(absent)=COMMAND\")")
      }
      if let reason = session.catalog.idle[absent] {
        throw failure("its plan has the model '\(absent)', and \(reason)")
      }
      if let line = session.catalog.brokenLine(absent) {
        throw failure("its plan has the model '\(absent)', and \(line)")
      }
      throw failure(
        "its plan has the model '\(absent)', which is missing (add --peers, or --program \(absent)=PATH)")
    }
    try requireSameCommands(session.commands)
    session.reportMissing()
    try session.setUp(run.plan.configurations)
    var run = run
    run.resumedAt = (run.resumedAt ?? []) + [UTCTime.now().text]
    let estimate = TimeEstimate(costs: Costs(), effectiveCPUs: run.passport.effectiveCPUs)
    return PlannedRun(
      run: run, estimate: estimate, destination: destination, baselineDestination: nil,
      refinement: refinement,
      problems: [])
  }

  private func requireSameCommands(_ commands: [String: UserCommand]) throws(CommandFailure) {
    for configuration in run.plan.configurations {
      guard let old = configuration.command, let new = commands[configuration.model]?.work, old != new else {
        continue
      }
      throw failure(
        "its command \(configuration.model) is '\(old.line)', and this is '\(new.line)' (give the same command)"
      )
    }
  }

  private func requireSameMachine(_ passport: Passport) throws(CommandFailure) {
    if run.version != suiteVersion {
      throw failure("it was begun with scaleup \(run.version), and this is \(suiteVersion) (start a new run)")
    }
    let (then, now) = (machine(run.passport), machine(passport))
    if then != now { throw failure("it was begun on \(then), and this is \(now) (continue it there)") }
  }

  private func machine(_ passport: Passport) -> String {
    "\(passport.processor ?? passport.architecture) with \(Readable.count(passport.effectiveCPUs, "effective CPU"))"
  }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure(message: "cannot continue \(path): \(reason)", status: UsageError.exitStatus)
  }
}

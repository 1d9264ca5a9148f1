import Arguments
import Formatting
import FoundationEssentials
import Harness
import Platform
import Records

/// A saved run that ended early and is to be carried on: `scaleup run --resume FILE`.
struct Resumption {
  private let path: String
  private let destination: RunDestination
  private let run: RunRecord

  /// The run that the options name, read before anything else is done; `nil` where they name none.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  init?(_ matches: Matches) throws {
    guard let path = matches.value(of: RunOptions.resume) else { return nil }
    let allowed = RunOptions.besideResume.map(\.name)
    if let other = RunOptions.all.first(where: { matches.has($0) && !allowed.contains($0.name) }) {
      throw UsageError.other(
        "--\(other.name) would change the plan of the run that --resume carries on; leave one of them out")
    }
    self.path = path
    // Before it is read: it must not grow behind what was read.
    destination = try RunDestination(resuming: path)
    run = try RunRecord(savedAt: path)
  }

  /// The run, to be carried out from where it ended.
  ///
  /// - Throws: `CommandFailure` where this is another machine or suite, or a model is not here.
  func planned(_ setting: RunSetting) throws(CommandFailure) -> PlannedRun {
    try refuseOtherMachine(setting.passport)
    let known = Set(setting.catalog.models.map(\.description.model))
    if let absent = run.plan.configurations.map(\.model).first(where: { !known.contains($0) }) {
      if let reason = setting.catalog.idle[absent] {
        throw refusal("its plan has the model '\(absent)', which can do nothing: \(reason)")
      }
      throw refusal(
        "its plan has the model '\(absent)', which is not here; try --peers, or --program \(absent)=PATH")
    }
    setting.tellAbsences()
    var run = run
    run.resumedAt = (run.resumedAt ?? []) + [timestamp(Date())]
    let estimate = TimeEstimate(costs: Costs(), effectiveCPUs: run.passport.effectiveCPUs)
    return PlannedRun(resuming: run, estimate, destination)
  }

  private func refuseOtherMachine(_ passport: Passport) throws(CommandFailure) {
    if run.version != suiteVersion {
      throw refusal("it was begun with scaleup \(run.version), and this is \(suiteVersion); start a new one")
    }
    let (then, now) = (machine(run.passport), machine(passport))
    if then != now { throw refusal("it was begun on \(then), and this is \(now); carry it on there") }
  }

  private func machine(_ passport: Passport) -> String {
    "\(passport.processor ?? passport.architecture) with \(Readable.count(passport.effectiveCPUs, "effective CPU"))"
  }

  private func refusal(_ reason: String) -> CommandFailure {
    CommandFailure(message: "\(path) cannot be carried on: \(reason)", status: UsageError.exitStatus)
  }
}

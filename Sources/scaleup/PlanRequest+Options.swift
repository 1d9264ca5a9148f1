import Arguments
import Harness
import Records

extension PlanRequest {
  /// The time that a run takes at most, as far as it can choose; a quick one takes a tenth.
  private static let standardBudget: UInt64 = 50_000_000_000
  private static let quickBudget: UInt64 = 5_000_000_000
  /// What is run where nothing else is asked for.
  static let standardWorkloads = ["sum", "stress"]

  /// What the options of `scaleup run` ask for, of what there is.
  ///
  /// - Throws: `UsageError` for a name that nobody has, and where nothing would be left to run;
  ///   `CommandFailure` where a model is not built.
  init(_ matches: Matches, _ catalog: ModelCatalog, effectiveCPUs: Int) throws {
    let known = catalog.models.map(\.description.model) + catalog.missing
    let models = try RunOptions.choose(
      RunOptions.model, matches, from: catalog.models, known: known, name: \.description.model)
    if let absent = matches.value(of: RunOptions.model)?.first(where: catalog.missing.contains) {
      throw CommandFailure(
        message: "the executable of the model '\(absent)' is missing; \(catalog.buildHint(absent))", status: 1
      )
    }
    let workloads = try RunOptions.choose(
      RunOptions.workload, matches, from: catalog.workloads, known: catalog.workloads.map(\.name),
      name: \.name, otherwise: Self.standardWorkloads)
    let isQuick = matches.has(RunOptions.quick)
    self.init(
      models: models, workloads: workloads,
      workers: matches.value(of: RunOptions.workers), upTo: matches.value(of: RunOptions.upTo),
      duration: matches.value(of: RunOptions.seconds)?.nanoseconds,
      trials: matches.value(of: RunOptions.trials) ?? (isQuick ? 1 : 5),
      warmUps: matches.value(of: RunOptions.warmUps) ?? (isQuick ? 0 : 1),
      budget: isQuick ? Self.quickBudget : Self.standardBudget,
      effectiveCPUs: effectiveCPUs)
    if plan(rates: [:]).configurations.isEmpty {
      throw UsageError.other(
        "nothing is left to run: no chosen model takes the chosen workloads and numbers of workers")
    }
  }
}

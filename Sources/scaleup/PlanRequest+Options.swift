import Arguments
import Harness
import Records

extension PlanRequest {
  /// The time that the fewest rounds take, as far as that can be chosen, and that of a quick run.
  private static let standardTime: UInt64 = 40_000_000_000
  private static let quickTime: UInt64 = 5_000_000_000
  private static let standardBudget: UInt64 = 45_000_000_000
  private static let standardPrecision = 0.01
  /// What is run where nothing else is asked for.
  private static let standardWorkloads = ["sum", "stress"]

  /// What the options of `scaleup run` ask for, of what there is.
  ///
  /// - Parameter baseline: The plan of a run to compare with, whose workloads are those that are meant where none is
  ///   asked for.
  /// - Throws: `UsageError` for a name that nobody has, and where nothing would be left to run;
  ///   `CommandFailure` where a model is not built.
  init(_ matches: Matches, _ catalog: ModelCatalog, effectiveCPUs: Int, baseline: Plan? = nil) throws {
    let models = try Self.models(matches, catalog)
    let workloads = try RunOptions.choose(
      RunOptions.workload, matches, from: catalog.workloads, known: catalog.workloads.map(\.name),
      name: \.name,
      otherwise: baseline?.configurations.map(\.workload) ?? Self.standardWorkloads)
    let isQuick = matches.has(RunOptions.quick)
    let grain = matches.value(of: RunOptions.grain)
    self.init(
      models: models, workloads: workloads,
      workers: matches.value(of: RunOptions.workers),
      kernels: try Self.kernels(matches, models),
      schedules: matches.value(of: RunOptions.schedule) ?? grain.map { _ in ["static"] }, grain: grain,
      upTo: matches.value(of: RunOptions.upTo),
      duration: matches.value(of: RunOptions.seconds)?.nanoseconds,
      repetitions: matches.value(of: RunOptions.repetitions) ?? 1,
      trials: matches.value(of: RunOptions.trials) ?? (isQuick ? 1 : 5),
      warmUps: matches.value(of: RunOptions.warmUps) ?? (isQuick ? 0 : 1),
      budget: isQuick
        ? Self.quickTime
        : min(Self.standardTime, matches.value(of: RunOptions.budget).map { $0.nanoseconds / 9 * 8 } ?? .max),
      effectiveCPUs: effectiveCPUs)
    self.baseline = baseline
    threadsPerRank = matches.value(of: RunOptions.threadsPerRank)
    try refuseNothing()
  }

  /// How well medians are to be known, and in what time; `nil` where the number of trials is fixed.
  static func precision(_ matches: Matches) -> (precision: Double, budget: UInt64)? {
    let budget = matches.value(of: RunOptions.budget)?.nanoseconds
    let isFixed = matches.value(of: RunOptions.trials) != nil || matches.has(RunOptions.quick)
    return isFixed && budget == nil ? nil : (standardPrecision, budget ?? standardBudget)
  }

  private static func models(_ matches: Matches, _ catalog: ModelCatalog) throws -> [InstalledModel] {
    let known = catalog.models.map(\.description.model) + catalog.missing + catalog.idle.keys.sorted()
    let models = try RunOptions.choose(
      RunOptions.model, matches, from: catalog.models, known: known, name: \.description.model)
    let programs = Set((matches.value(of: RunOptions.program) ?? []).map(\.name))
    let others = catalog.models.filter { model in
      programs.contains(model.description.model) && !models.contains(model)
    }
    if let absent = matches.value(of: RunOptions.model)?.first(where: catalog.missing.contains) {
      throw CommandFailure(
        message: "the executable of the model '\(absent)' is missing; \(catalog.buildHint(absent))", status: 1
      )
    }
    if let idle = matches.value(of: RunOptions.model)?.first(where: { catalog.idle[$0] != nil }) {
      throw CommandFailure(
        message: "the model '\(idle)' can do nothing: \(catalog.idle[idle] ?? "")",
        status: UsageError.exitStatus)
    }
    return models + others
  }

  /// The kernels that were asked for; `nil` where none was.
  private static func kernels(_ matches: Matches, _ models: [InstalledModel]) throws -> [String]? {
    if matches.value(of: RunOptions.kernel) == nil { return nil }
    var known: [String] = []
    for name in models.flatMap(\.description.workloads).flatMap(\.kernelNames) where !known.contains(name) {
      known.append(name)
    }
    return try RunOptions.choose(RunOptions.kernel, matches, from: known, known: known, name: \.self)
  }

  private func refuseNothing() throws(UsageError) {
    let configurations = plan(costs: Costs()).configurations
    let used = Set(configurations.map { $0.threadsPerRank ?? 1 })
    if let threads = threadsPerRank?.first(where: { $0 > 1 && !used.contains($0) }) {
      throw .other(
        "--threads-per-rank \(threads) is for nothing here: it takes a model that a launcher starts, and a number of "
          + "workers that it divides; choose others, or leave it out")
    }
    if configurations.isEmpty {
      throw .other(
        "nothing is left to run: no chosen model takes the chosen workloads, kernels and numbers of workers")
    }
    if schedules != nil, configurations.allSatisfy({ $0.schedule == nil }) {
      throw .other(
        "--schedule and --grain deal numbers to several workers, and nothing of the sort is chosen; leave them "
          + "out, or choose other models and workloads")
    }
    if let upTo, let grain, grain > max(1, upTo) {
      throw .other("--grain \(grain) is above N = \(upTo); try a smaller one")
    }
  }
}

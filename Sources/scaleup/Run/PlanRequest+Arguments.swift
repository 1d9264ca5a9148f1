import Arguments
import Harness
import Platform
import Records

extension PlanRequest {
  private static let quickBudget: UInt64 = 5_000_000_000
  private static let standardBudget: UInt64 = 45_000_000_000
  private static let standardPrecision = 0.01
  private static let standardWorkloads = ["sum", "stress", "memory"]

  /// Makes the request that the arguments of `scaleup run` express, of the models and workloads of a catalog.
  ///
  /// - Parameter baseline: The plan of a run to compare with, whose workloads are the default.
  /// - Throws: `UsageError` for an unknown name, and if nothing would be left to run; `CommandFailure` if a model is not
  ///   built.
  init(_ arguments: RunArguments, _ catalog: ModelCatalog, effectiveCPUs: Int, baseline: Plan? = nil) throws {
    let models = try Self.models(arguments.programs, catalog)
    let command = ModelDescription.Workload.command.name
    if !arguments.command.areGiven, baseline?.configurations.contains(where: { $0.command != nil }) == true {
      throw UsageError.other("the baseline has commands of your own (give them again with --command)")
    }
    let topology = arguments.placement != nil || arguments.comparesPlacements ? Topology.usable() : nil
    let isFixed = arguments.length.trials != nil || arguments.length.isQuick
    self.init(
      models: models,
      workloads: try ProgramArguments.choose(
        arguments.command.areGiven
          ? [command]
          : arguments.workloads ?? baseline?.configurations.map(\.workload)
            ?? Self.standardWorkloads.filter(catalog.workloads.map(\.name).contains),
        option: "workload", from: catalog.workloads, known: catalog.workloads.map(\.name), name: \.name),
      workers: (arguments.workers ?? arguments.command.parallel)?.counts(cpus: effectiveCPUs)
        ?? Self.workers(of: arguments.placement, on: topology),
      kernels: try Self.kernels(arguments.kernels, of: models),
      schedules: arguments.schedules ?? arguments.grain.map { _ in ["static"] }, grain: arguments.grain,
      upTo: arguments.upTo, duration: arguments.duration, repetitions: arguments.length.repetitions,
      trials: arguments.length.trials ?? (arguments.length.isQuick ? 1 : 5),
      warmUps: arguments.length.warmUps ?? (arguments.length.isQuick ? 0 : 1),
      precision: isFixed && arguments.length.budget == nil ? nil : Self.standardPrecision,
      budget: arguments.length.budget ?? (arguments.length.isQuick ? Self.quickBudget : Self.standardBudget),
      seed: arguments.seed ?? UInt64(UInt32.random(in: 0...UInt32.max)), effectiveCPUs: effectiveCPUs)
    self.baseline = baseline
    hasGivenTrials = arguments.length.trials != nil || arguments.length.isQuick
    traffic = try arguments.traffic.traffic(
      for: workloads, baseline: baseline?.configurations.lazy.compactMap(\.traffic).first)
    let arrays = baseline?.configurations.filter { $0.operation != nil } ?? []
    operations = arguments.operations ?? (arrays.isEmpty ? operations : arrays.operations)
    size = arguments.size ?? arrays.first?.size
    mayTrimMemory = arguments.workloads == nil && arguments.models == nil && arrays.isEmpty
    threadsPerRank = arguments.programs.threadsPerRank
    mostForeignLoad = arguments.length.foreignLoad
    placement = try Self.text(of: arguments.placement, on: topology)
    if arguments.comparesPlacements {
      comparedPlacements = ComparedPlacement.all(
        on: topology, quota: CPULimits.ofThisProcess().quota)
    }
    try requireNonEmpty()
  }

  /// Returns the worker counts for a placement on some of the CPUs; `nil` for any other.
  private static func workers(of placement: Placement?, on topology: Topology?) -> [Int]? {
    guard let placement, let topology,
      let cpus = try? placement.cpus(of: topology.cpus.count, on: topology)
    else { return nil }
    let distinct = Set(cpus).count
    return distinct < topology.cpus.count ? powersOfTwo(upTo: distinct) : nil
  }

  /// Returns the text of a placement, after checking that this machine allows it.
  private static func text(of placement: Placement?, on topology: Topology?) throws(UsageError) -> String? {
    do throws(PlacementError) {
      _ = try placement?.cpus(of: 1, on: topology)
    } catch {
      throw .other("--placement \(placement?.text ?? "none") \(error)")
    }
    return placement?.text
  }

  private static func models(
    _ arguments: ProgramArguments, _ catalog: ModelCatalog
  ) throws -> [InstalledModel] {
    let known =
      catalog.models.map(\.description.model) + catalog.missing + catalog.broken.keys.sorted()
      + catalog.idle.keys.sorted()
    let models = try ProgramArguments.choose(
      arguments.models, option: "model", from: catalog.models, known: known, name: \.description.model)
    try catalog.require(arguments.models ?? [])
    if let idle = arguments.models?.first(where: { catalog.idle[$0] != nil }) {
      throw CommandFailure(
        message: "cannot run the model '\(idle)': \(catalog.idle[idle] ?? "")", status: UsageError.exitStatus)
    }
    let programs = Set(arguments.programs.map(\.name))
    return models
      + catalog.models.filter { programs.contains($0.description.model) && !models.contains($0) }
  }

  /// Returns the kernels that were asked for, of those that the models have; `nil` if none was.
  private static func kernels(_ names: [String]?, of models: [InstalledModel]) throws -> [String]? {
    guard let names else { return nil }
    var known: [String] = []
    for name in models.flatMap(\.description.workloads).flatMap(\.kernelNames) where !known.contains(name) {
      known.append(name)
    }
    return try ProgramArguments.choose(names, option: "kernel", from: known, known: known, name: \.self)
  }

  /// Checks that something is left to run, and that every choice has an effect.
  private func requireNonEmpty() throws(UsageError) {
    let configurations = configurations
    let used = Set(configurations.map { $0.threadsPerRank ?? 1 })
    if let threads = threadsPerRank?.first(where: { $0 > 1 && !used.contains($0) }) {
      throw .other(
        "--threads-per-rank \(threads) has no effect (choose a model that a launcher starts, and a worker count "
          + "that it divides)")
    }
    if configurations.isEmpty {
      throw .other(
        "nothing is left to run: no chosen model has the chosen workloads, kernels and worker counts (see scaleup list)"
      )
    }
    if let placement, configurations.allSatisfy({ $0.placement == nil }) {
      throw .other(
        "--placement \(placement) has no effect: none of the chosen models can be placed (leave it out, or choose others)"
      )
    }
    if schedules != nil, configurations.allSatisfy({ $0.schedule == nil }) {
      throw .other(
        "--schedule and --grain have no effect: they need a model with several workers and a workload of "
          + "numbers, such as sum (leave them out, or choose others)")
    }
  }
}

extension [Configuration] {
  /// The operations of `memory`, each once.
  fileprivate var operations: [String] {
    var seen: Set<String> = []
    return compactMap(\.operation).filter { seen.insert($0).inserted }
  }
}

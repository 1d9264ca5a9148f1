import Records

/// What was measured in a run, as what comparisons look at.
struct MeasuredRun {
  /// The run.
  let run: RunRecord
  /// What was measured, in the order of the plan.
  let configurations: [MeasuredConfiguration]

  private let positions: [Configuration: Int]

  init(_ run: RunRecord) {
    let trials = Dictionary(grouping: run.trials, by: \.configuration)
    let configurations = run.plan.configurations.indices.compactMap { position in
      MeasuredConfiguration(
        run.plan.configurations[position], trials[position] ?? [], effectiveCPUs: run.passport.effectiveCPUs)
    }
    self.run = run
    self.configurations = configurations
    positions = Dictionary(
      configurations.enumerated().map { ($1.configuration.compared, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// How many CPUs it could keep busy.
  var effectiveCPUs: Int { run.passport.effectiveCPUs }

  /// What was measured of the same work done in the same way; `nil` for nothing.
  func counterpart(of configuration: Configuration) -> MeasuredConfiguration? {
    positions[configuration.compared].map { configurations[$0] }
  }

  /// The model `single` with the same work and kernel; `nil` where it was not measured.
  func single(for configuration: Configuration) -> MeasuredConfiguration? {
    configurations.first { other in
      let other = other.configuration
      return other.model == "single" && other.kernel == configuration.kernel
        && other.compared.work == configuration.compared.work
        && other.repetitions == configuration.repetitions
    }
  }
}

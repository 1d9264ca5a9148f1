import Records

/// The measured costs of the workloads of a request for one worker.
public struct CostMeasurement {
  /// A peer or a command whose cost could not be measured; it is left out of the run.
  public struct Failure: Equatable, Sendable {
    /// The name of the peer or the command.
    public let peer: String
    /// The reason, as one line.
    public let reason: String
  }

  /// The costs.
  public private(set) var costs = Costs()
  /// The peers and commands that failed.
  public private(set) var failures: [Failure] = []

  /// Measures every workload of fixed amount: with the first model of the suite that has it, for every kernel, and with
  /// every peer.
  ///
  /// - Throws: `CalibrationFailure` if the suite fails; `Interruption`.
  public init<Runner>(of request: PlanRequest, _ calibration: Calibration<Runner>) throws {
    if request.warmUps > 0 || !request.hasGivenTrials { try measureCommands(of: request, calibration) }
    for workload in request.workloads where workload.operations != nil {
      try measureArrays(workload, of: request, calibration)
    }
    for workload in request.workloads
    where workload.extent == .numbers
      && workload.operations == nil && workload != .command
    {
      for kernel in Set(request.kernels(of: workload) + ["scalar"]).sorted() {
        let model = request.models.first { !$0.isPeer && $0.has(workload.name, kernel) }
        guard let model else { continue }
        costs[workload.name, kernel] = try calibration.cost(
          of: Configuration(
            model: model.description.model, workload: workload.name, kernel: kernel, workers: 1))
      }
      for model in request.models where model.isPeer && model.has(workload.name, "scalar") {
        try measure(
          Configuration(model: model.description.model, isPeer: true, workload: workload.name, workers: 1),
          calibration)
      }
    }
    if request.traffic.rate == nil, request.traffic.generator == nil {
      try measureServers(of: request, calibration)
    }
  }

  /// Tries every command once with each number of workers. That is also its first warm-up trial. A command that fails with
  /// the first number of workers is left out; a later failure is left to its trials.
  ///
  /// - Throws: `CalibrationFailure` if all commands fail; `Interruption`.
  private mutating func measureCommands<Runner>(
    of request: PlanRequest, _ calibration: Calibration<Runner>
  ) throws {
    for configuration in request.configurations where configuration.command != nil {
      let name = configuration.model
      if failures.contains(where: { $0.peer == name }) { continue }
      do {
        costs.commandTimes[configuration] = try calibration.time(of: configuration)
      } catch let failure as CalibrationFailure {
        let isFirst = !costs.commandTimes.keys.contains { $0.model == name }
        if isFirst { failures.append(Failure(peer: name, reason: failure.reason)) }
      }
    }
    let commands = Set(request.models.filter { $0.command != nil }.map(\.description.model))
    if let first = failures.first, Set(failures.map(\.peer)) == commands {
      throw CalibrationFailure(subject: "the time of \(first.peer)", reason: first.reason)
    }
  }

  /// Measures the workload that works on arrays: every operation with every kernel, with the first model of the suite that has
  /// it, and with every peer.
  private mutating func measureArrays<Runner>(
    _ workload: ModelDescription.Workload, of request: PlanRequest, _ calibration: Calibration<Runner>
  ) throws {
    for kernel in request.kernels(of: workload) {
      let able = request.models.filter { $0.has(workload.name, kernel) }
      let suite = able.first { !$0.isPeer }
      for operation in request.operations {
        for model in able where model.isPeer || model == suite {
          let configuration = Configuration(
            model: model.description.model, isPeer: model.isPeer ? true : nil, workload: workload.name,
            kernel: kernel, workers: 1, operation: operation, size: request.size)
          if model.isPeer {
            try measure(configuration, calibration)
          } else {
            costs[workload.name, kernel, operation: operation] = try calibration.cost(of: configuration)
          }
        }
      }
    }
  }

  /// Measures what each server can answer. Those that fail are left to fail in their trials, unless all do.
  private mutating func measureServers<Runner>(
    of request: PlanRequest, _ calibration: Calibration<Runner>
  ) throws {
    var firstFailure: CalibrationFailure?
    for configuration in request.configurations where configuration.traffic != nil {
      do {
        let capacity = try calibration.capacity(of: configuration)
        costs.leastCapacity = min(costs.leastCapacity ?? capacity, capacity)
      } catch let failure as CalibrationFailure {
        firstFailure = firstFailure ?? failure
      }
    }
    if costs.leastCapacity == nil, let firstFailure { throw firstFailure }
  }

  private mutating func measure<Runner>(
    _ configuration: Configuration, _ calibration: Calibration<Runner>
  ) throws {
    let peer = configuration.model
    if failures.contains(where: { $0.peer == peer }) { return }
    do {
      costs[
        configuration.workload, configuration.kernel, peer: peer, operation: configuration.operation] =
        try calibration.cost(of: configuration)
    } catch let failure as CalibrationFailure {
      failures.append(Failure(peer: peer, reason: failure.reason))
    }
  }
}

extension InstalledModel {
  fileprivate func has(_ workload: String, _ kernel: String) -> Bool {
    self.workload(workload)?.kernelNames.contains(kernel) == true
  }
}

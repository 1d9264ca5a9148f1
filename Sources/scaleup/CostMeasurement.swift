import Harness
import Records

/// What the workloads of a request cost one worker, measured.
struct CostMeasurement {
  /// The costs that could be measured.
  private(set) var costs = Costs()
  /// Why peers could not be measured, by their names; they are left out of the run.
  private(set) var failures: [(peer: String, reason: String)] = []

  private let calibration: Calibration<ExecutableTrialRunner>

  /// Measures every workload of fixed amount: with the first model of the suite that has it, for every kernel, and
  /// with every peer.
  ///
  /// - Throws: `CommandFailure` where the suite fails; `Interruption`.
  init(of request: PlanRequest, _ calibration: Calibration<ExecutableTrialRunner>) throws {
    self.calibration = calibration
    for workload in request.workloads where workload.extent == .numbers {
      for kernel in Set(request.kernels(of: workload) + ["scalar"]).sorted() {
        try measureSuite(request.models.filter { !$0.isPeer }, workload.name, kernel)
      }
      for model in request.models where model.isPeer && has(model, workload.name, "scalar") {
        try measurePeer(model.description.model, workload.name)
      }
    }
  }

  private func has(_ model: InstalledModel, _ workload: String, _ kernel: String) -> Bool {
    model.description.workloads.contains { $0.name == workload && $0.kernelNames.contains(kernel) }
  }

  private mutating func measureSuite(
    _ models: [InstalledModel], _ workload: String, _ kernel: String
  ) throws {
    guard let model = models.first(where: { has($0, workload, kernel) }) else { return }
    let configuration = Configuration(
      model: model.description.model, workload: workload, kernel: kernel, workers: 1)
    costs[workload, kernel] = try calibration.suiteCost(of: configuration)
  }

  private mutating func measurePeer(_ peer: String, _ workload: String) throws {
    if failures.contains(where: { $0.peer == peer }) { return }
    let configuration = Configuration(model: peer, isPeer: true, workload: workload, workers: 1)
    do {
      costs[workload, "scalar", peer: peer] = try calibration.cost(of: configuration)
    } catch let failure as Calibration<ExecutableTrialRunner>.Failure {
      failures.append((peer, failure.reason))
    }
  }
}

extension Calibration<ExecutableTrialRunner> {
  /// The cost of a workload with a model of the suite, without which there is nothing to choose an N by.
  ///
  /// - Throws: `CommandFailure`; `Interruption`.
  func suiteCost(of configuration: Configuration) throws -> Cost {
    do {
      return try cost(of: configuration)
    } catch let failure as Failure {
      throw CommandFailure(
        message: "the speed of one worker cannot be measured: \(failure.reason)", status: 1)
    }
  }
}

import Analysis
import Records

/// Measures the capacities of services: the greatest rates at which they meet an objective.
///
/// Every service is tried at the rate that its own search asks for (`CapacitySearch`), one try of each service per round, so
/// that a change of the machine's speed concerns all alike. A search starts at half of what the server answers in a closed
/// loop. A try that other programs disturbed is taken again (`RetakingTrialRunner`); if that does not help, it is kept and
/// counted.
public struct CapacityMeasurement<Runner: TrialRunner> {
  /// The part of the rate of a closed loop at which a search starts.
  private static var startShare: Double { 0.5 }

  private let calibration: Calibration<Runner>
  private let runner: RetakingTrialRunner<Runner>
  private let configurations: [Configuration]
  private let mostForeignLoad: Double

  /// Makes a measurement.
  ///
  /// - Parameters:
  ///   - runner: The runner of the tries.
  ///   - configurations: The services to measure, with the paths and connections of their requests.
  ///   - mostForeignLoad: The most cores that other programs may keep busy during an undisturbed try.
  public init(
    _ runner: Runner, _ configurations: [Configuration],
    mostForeignLoad: Double = ProcessRecord.mostForeignLoad
  ) {
    self.configurations = configurations
    self.mostForeignLoad = mostForeignLoad
    self.runner = RetakingTrialRunner(runner, mostForeignLoad: mostForeignLoad)
    calibration = Calibration(runner)
  }

  /// Carries out the measurement, and enters every try in the record. A service that fails is not tried again.
  ///
  /// - Parameter willTry: Called before each trial with its configuration.
  /// - Throws: `Interruption`; the record then has the tries that were finished.
  public func carryOut(
    _ record: inout CapacityRecord, willTry: (Configuration) -> Void
  ) throws(Interruption) {
    record.services = configurations.map {
      .init(model: $0.model, isPeer: $0.isPeer, workers: $0.workers)
    }
    var searches: [CapacitySearch?] = []
    for (position, configuration) in configurations.enumerated() {
      willTry(configuration)
      searches.append(try search(for: configuration, &record.services[position]))
    }
    while searches.contains(where: { $0?.next != nil }) {
      for position in configurations.indices {
        guard let rate = searches[position]?.next else { continue }
        try attempt(position, at: rate, &searches[position], &record, willTry)
      }
    }
  }

  /// Returns the search for the capacity of a service; `nil` if the service fails.
  private func search(
    for configuration: Configuration, _ service: inout CapacityRecord.Service
  ) throws(Interruption) -> CapacitySearch? {
    do {
      return CapacitySearch(start: Self.startShare * (try calibration.capacity(of: configuration)))
    } catch let interruption as Interruption {
      throw interruption
    } catch {
      service.failure = (error as? CalibrationFailure)?.reason ?? "\(error)"
      return nil
    }
  }

  /// Tries a service at a rate. Its search ends if the service fails, or if the load generator was the limit.
  private func attempt(
    _ position: Int, at rate: Double, _ search: inout CapacitySearch?, _ record: inout CapacityRecord,
    _ willTry: (Configuration) -> Void
  ) throws(Interruption) {
    var configuration = configurations[position]
    configuration.duration = record.duration
    configuration.traffic?.rate = rate
    willTry(configuration)
    let estimate = TimeEstimate(costs: Costs(), effectiveCPUs: record.passport.effectiveCPUs)
    let outcome = try runner.run(configuration, timeout: estimate.timeout(of: configuration))
    switch result(of: outcome, at: rate, record.objective) {
    case .failure(let failure):
      record.services[position].failure = failure.reason
      search = nil
    case .success(let (result, sharesCPUs)):
      record.services[position].tries.append(result)
      record.services[position].sharesCPUs = sharesCPUs
      if result.outcome == .generator {
        search = nil
        return
      }
      search?.add(rate: rate, isMet: result.outcome == .met)
      (record.services[position].low, record.services[position].high) = (search?.low, search?.high)
      record.services[position].confirmed = search?.isConfirmed ?? false
    }
  }

  /// The reason that a service failed, as one line.
  private struct Failure: Error { let reason: String }

  private func result(
    of outcome: TrialOutcome, at rate: Double, _ objective: LatencyObjective
  ) -> Result<(CapacityRecord.Try, sharesCPUs: Bool?), Failure> {
    switch outcome {
    case .failed(let reason, _): return .failure(Failure(reason: reason))
    case .measured(let process, let report):
      guard let load = report.traffic else {
        return .failure(Failure(reason: "the load generator reported no requests"))
      }
      let result = CapacityRecord.Try(
        at: rate, process, load, objective: objective, mostForeignLoad: mostForeignLoad)
      return .success((result, report.sharesCPUs))
    }
  }
}

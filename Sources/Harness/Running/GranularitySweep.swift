import Records
import Statistics

/// Tries models with ever smaller chunks of work, and with none at all.
///
/// In the first round the chunks of each model are halved until it is twice at less than a quarter of what it could
/// be; the other rounds try the same again, all models with one size of chunk, then with the next. In each round the
/// model `single` comes first. Every trial runs several regions in one process, of which the first does not count.
public struct GranularitySweep<Runner: TrialRunner> {
  /// Regions of a trial in which something is done.
  private static var repetitions: Int { 4 }
  /// Regions of a trial in which nothing is done: so many divided by the workers, for some models create them anew.
  private static var emptyWorkers: Int { 2000 }
  /// A region of empty chunks has at least so many, and ten times as many until it takes so many nanoseconds: in less,
  /// one worker might take them all before the others have begun.
  private static var fewestEmptyChunks: UInt64 { 10_000 }
  private static var leastEmptyTime: Double { 20e6 }
  /// The core-time of the largest chunk, in nanoseconds.
  private static var largestGrainTime: Double { 1e6 }
  /// A model that is less efficient than this need not try smaller chunks.
  private static var leastEfficiency: Double { 0.25 }

  /// The N of the sum that takes one worker a twentieth of a second.
  public static func amount(_ costs: Costs) -> UInt64 {
    costs["sum", "scalar"]?.amount(taking: 50e6) ?? 1
  }

  private let runner: Runner
  private let timeout: UInt64?
  private let models: [InstalledModel]
  private let estimate: TimeEstimate
  private let rounds: Int

  /// Makes a sweep.
  ///
  /// - Parameters:
  ///   - runner: Carries out the trials.
  ///   - timeout: The nanoseconds that a trial may take; `nil` where they follow from the estimate.
  ///   - models: What is tried, but for `single`.
  ///   - estimate: How long trials will take.
  ///   - rounds: How often everything is tried.
  public init(
    _ runner: Runner, timeout: UInt64?, models: [InstalledModel], estimate: TimeEstimate, rounds: Int
  ) {
    self.runner = runner
    self.timeout = timeout
    self.models = models
    self.estimate = estimate
    self.rounds = rounds
  }

  /// Why there is no baseline, without which nothing can be told.
  public struct Failure: Error, Equatable, Sendable {
    /// One line.
    public let reason: String
  }

  /// Carries it out, and enters every sample in the record.
  ///
  /// - Parameter willTry: Called before each trial with what it is.
  /// - Throws: `Interruption`; `Failure` where `single` fails. Another model that fails is given up.
  public func carryOut(_ record: inout GranularityRecord, willTry: (Configuration) -> Void) throws {
    record.models = models.map { .init(model: $0.description.model) }
    for round in 0..<rounds {
      try trySingle(&record, willTry)
      for grain in grains(record) {
        for position in models.indices where isToBeTried(position, grain, round, record) {
          try tryPoint(position, grain, round, &record, willTry)
        }
      }
      for position in models.indices where record.models[position].failure == nil {
        try tryNothing(position, &record, willTry)
      }
    }
  }

  private func trySingle(_ record: inout GranularityRecord, _ willTry: (Configuration) -> Void) throws {
    let single = Configuration(
      model: "single", workload: "sum", workers: 1, upTo: record.upTo, repetitions: Self.repetitions)
    switch try regions(of: single, willTry) {
    case .success(let regions): record.single.append(regions)
    case .failure(let failure): throw failure
    }
  }

  /// Powers of two, from a millisecond of work down to one number.
  private func grains(_ record: GranularityRecord) -> [UInt64] {
    let time = record.single.first.flatMap { steadyState($0) } ?? 1
    let numbers = Self.largestGrainTime / time * Double(record.upTo)
    let largest = min(UInt64(min(max(1, numbers), 1e18)), max(1, record.upTo / UInt64(2 * record.workers)))
    return (0..<64).reversed().map { UInt64(1) << $0 }.filter { $0 <= largest }
  }

  private func isToBeTried(
    _ position: Int, _ grain: UInt64, _ round: Int, _ record: GranularityRecord
  ) -> Bool {
    let model = models[position]
    let measured = record.models[position]
    guard measured.failure == nil, model.description.schedules?.contains("dynamic") == true,
      model.workload("sum") != nil
    else { return false }
    if round > 0 { return measured.points.contains { $0.grain == grain } }
    // One that is low may have been disturbed: two have to be.
    let last = measured.points.suffix(2).compactMap { point in
      point.regions.last.flatMap { efficiency($0, record) }
    }
    return last.count < 2 || last.contains { $0 >= Self.leastEfficiency }
  }

  private func efficiency(_ regions: [UInt64], _ record: GranularityRecord) -> Double? {
    guard let baseline = record.single.last.flatMap({ steadyState($0) }),
      let time = steadyState(regions)
    else { return nil }
    return baseline / (Double(record.workers) * time)
  }

  private func tryPoint(
    _ position: Int, _ grain: UInt64, _ round: Int, _ record: inout GranularityRecord,
    _ willTry: (Configuration) -> Void
  ) throws(Interruption) {
    var configuration = configuration(of: position, "sum", record)
    (configuration.schedule, configuration.grain) = ("dynamic", grain)
    (configuration.upTo, configuration.repetitions) = (record.upTo, Self.repetitions)
    try enter(configuration, into: &record.models[position], willTry) { model, regions in
      if let point = model.points.firstIndex(where: { $0.grain == grain }) {
        model.points[point].regions.append(regions)
      } else {
        model.points.append(.init(grain: grain, regions: [regions]))
      }
    }
  }

  /// Tries regions in which nothing is done, with and without chunks.
  private func tryNothing(
    _ position: Int, _ record: inout GranularityRecord, _ willTry: (Configuration) -> Void
  ) throws(Interruption) {
    guard models[position].workload("empty") != nil else { return }
    var configuration = configuration(of: position, "empty", record)
    (configuration.upTo, configuration.repetitions) = (0, max(10, Self.emptyWorkers / record.workers))
    try enter(configuration, into: &record.models[position], willTry) { model, regions in
      model.emptyRegion = (model.emptyRegion ?? []) + [regions]
    }
    guard models[position].description.schedules?.contains("dynamic") == true else { return }
    (configuration.schedule, configuration.grain, configuration.repetitions) = (
      "dynamic", 1, Self.repetitions
    )
    var count = record.models[position].emptyChunkCount ?? Self.fewestEmptyChunks
    while record.models[position].failure == nil {
      configuration.upTo = count - 1
      var isLongEnough = true
      try enter(configuration, into: &record.models[position], willTry) { model, regions in
        let time = steadyState(regions) ?? 0
        isLongEnough = model.emptyChunkCount != nil || time >= Self.leastEmptyTime || count >= 1_000_000_000
        if isLongEnough {
          model.emptyChunkCount = count
          model.emptyChunks = (model.emptyChunks ?? []) + [regions]
        }
      }
      if isLongEnough { return }
      count *= 10
    }
  }

  private func configuration(
    of position: Int, _ workload: String, _ record: GranularityRecord
  ) -> Configuration {
    Configuration(
      model: models[position].description.model, isPeer: models[position].isPeer ? true : nil,
      workload: workload, workers: record.workers)
  }

  /// Tries a configuration, and gives the model up where that fails.
  private func enter(
    _ configuration: Configuration, into model: inout GranularityRecord.Model,
    _ willTry: (Configuration) -> Void, _ store: (inout GranularityRecord.Model, [UInt64]) -> Void
  ) throws(Interruption) {
    switch try regions(of: configuration, willTry) {
    case .success(let regions): store(&model, regions)
    case .failure(let failure): model.failure = failure.reason
    }
  }

  private func regions(
    of configuration: Configuration, _ willTry: (Configuration) -> Void
  ) throws(Interruption) -> Result<[UInt64], Failure> {
    willTry(configuration)
    switch try runner.run(configuration, timeout: timeout ?? estimate.timeout(of: configuration)) {
    case .failed(let reason, _): return .failure(Failure(reason: reason))
    case .measured(_, let report):
      guard let regions = report.regions else {
        return .failure(Failure(reason: "\(configuration.model) does not tell the time of every region"))
      }
      return .success(regions)
    }
  }
}

import Analysis
import Records
import Statistics

/// Measures models with ever smaller chunks of work, and with empty regions.
///
/// The first round halves the chunks of each model until its efficiency is below 0.25 twice in a row. The other rounds
/// repeat the same sizes, all models with one size before the next. `single` comes first in each round. Every trial runs
/// several regions in one process; the first region is a warm-up. A trial that other programs disturbed is taken again
/// (`RetakingTrialRunner`); if that does not help, it is kept and counted.
public struct GranularitySweep<Runner: TrialRunner> {
  /// The regions per trial with work in them.
  private static var repetitions: Int { 4 }
  /// The empty regions per trial, times the workers: some models create every worker anew, which takes time.
  private static var emptyWorkers: Int { 2000 }
  /// The fewest chunks in a region of empty chunks.
  private static var fewestEmptyChunks: UInt64 { 10_000 }
  /// The least time of a region of empty chunks, in nanoseconds: the chunks grow tenfold until it takes that long. In less
  /// time, one worker might take them all before the others begin.
  private static var leastEmptyTime: Double { 20e6 }
  /// The core time of the largest chunk, in nanoseconds.
  private static var largestGrainTime: Double { 1e6 }
  /// The efficiency below which smaller chunks are not tried.
  private static var leastEfficiency: Double { 0.25 }

  /// Returns the N of the sum that takes one worker about 50 ms.
  public static func amount(_ costs: Costs) -> UInt64 {
    costs["sum", "scalar"]?.amount(taking: 50e6) ?? 1
  }

  private let runner: RetakingTrialRunner<Runner>
  private let timeout: UInt64?
  private let models: [InstalledModel]
  private let estimate: TimeEstimate
  private let rounds: Int
  /// The most cores that other programs may keep busy during an undisturbed sample.
  private let mostForeignLoad: Double

  /// Makes a sweep.
  ///
  /// - Parameters:
  ///   - runner: The runner of the trials.
  ///   - timeout: The time limit of a trial in nanoseconds; `nil` if it follows from the estimate.
  ///   - models: The models to measure, without `single`.
  ///   - estimate: The expected duration of each trial.
  ///   - rounds: The number of rounds.
  ///   - mostForeignLoad: The most cores that other programs may keep busy during an undisturbed sample.
  public init(
    _ runner: Runner, timeout: UInt64?, models: [InstalledModel], estimate: TimeEstimate, rounds: Int,
    mostForeignLoad: Double = ProcessRecord.mostForeignLoad
  ) {
    self.runner = RetakingTrialRunner(runner, mostForeignLoad: mostForeignLoad)
    self.mostForeignLoad = mostForeignLoad
    self.timeout = timeout
    self.models = models
    self.estimate = estimate
    self.rounds = rounds
  }

  /// The reason the baseline, `single`, could not be measured.
  public struct Failure: Error, Equatable, Sendable {
    /// The reason, as one line.
    public let reason: String
  }

  /// Carries out the sweep, and enters every sample in the record. A model that fails is not tried again.
  ///
  /// - Parameter willTry: Called before each trial with its configuration.
  /// - Throws: `Interruption`; `Failure` if `single` fails.
  public func carryOut(_ record: inout GranularityRecord, willTry: (Configuration) -> Void) throws {
    record.models = models.map { .init(model: $0.description.model) }
    for round in 0..<rounds {
      try measureSingle(&record, willTry)
      for grain in grains(record) {
        for position in models.indices where needsTrial(position, grain, round, record) {
          try measureChunks(position, grain, round, &record, willTry)
        }
      }
      for position in models.indices where record.models[position].failure == nil {
        try measureEmptyRegions(position, &record, willTry)
      }
    }
  }

  private func measureSingle(_ record: inout GranularityRecord, _ willTry: (Configuration) -> Void) throws {
    let single = Configuration(
      model: "single", workload: "sum", workers: 1, upTo: record.upTo, repetitions: Self.repetitions)
    switch try sample(of: single, willTry) {
    case .success(let sample):
      record.single.append(sample.regions)
      sample.count(in: &record.singleDisturbed)
    case .failure(let failure): throw failure
    }
  }

  /// Returns the grains to try: powers of two, from one millisecond of work down to one number.
  private func grains(_ record: GranularityRecord) -> [UInt64] {
    let time = record.single.first.flatMap { steadyState($0) } ?? 1
    let numbers = Self.largestGrainTime / time * Double(record.upTo)
    let largest = min(UInt64(min(max(1, numbers), 1e18)), max(1, record.upTo / UInt64(2 * record.workers)))
    return (0..<64).reversed().map { UInt64(1) << $0 }.filter { $0 <= largest }
  }

  private func needsTrial(
    _ position: Int, _ grain: UInt64, _ round: Int, _ record: GranularityRecord
  ) -> Bool {
    let model = models[position]
    let measured = record.models[position]
    guard measured.failure == nil, model.description.schedules?.contains("dynamic") == true,
      model.workload("sum") != nil
    else { return false }
    if round > 0 { return measured.points.contains { $0.grain == grain } }
    // One low efficiency may be a disturbance, so two are needed.
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

  private func measureChunks(
    _ position: Int, _ grain: UInt64, _ round: Int, _ record: inout GranularityRecord,
    _ willTry: (Configuration) -> Void
  ) throws(Interruption) {
    var configuration = configuration(of: position, "sum", record)
    (configuration.schedule, configuration.grain) = ("dynamic", grain)
    (configuration.upTo, configuration.repetitions) = (record.upTo, Self.repetitions)
    try enter(configuration, into: &record.models[position], willTry) { model, sample in
      let known = model.points.firstIndex { $0.grain == grain }
      if known == nil { model.points.append(.init(grain: grain, regions: [])) }
      let point = known ?? model.points.count - 1
      model.points[point].regions.append(sample.regions)
      sample.count(in: &model.points[point].disturbed)
    }
  }

  /// Measures empty regions, without and with chunks.
  private func measureEmptyRegions(
    _ position: Int, _ record: inout GranularityRecord, _ willTry: (Configuration) -> Void
  ) throws(Interruption) {
    guard models[position].workload("empty") != nil else { return }
    var configuration = configuration(of: position, "empty", record)
    (configuration.upTo, configuration.repetitions) = (0, max(10, Self.emptyWorkers / record.workers))
    try enter(configuration, into: &record.models[position], willTry) { model, sample in
      model.emptyRegion = (model.emptyRegion ?? []) + [sample.regions]
      sample.count(in: &model.emptyRegionDisturbed)
    }
    guard models[position].description.schedules?.contains("dynamic") == true else { return }
    (configuration.schedule, configuration.grain, configuration.repetitions) = (
      "dynamic", 1, Self.repetitions
    )
    var count = record.models[position].emptyChunkCount ?? Self.fewestEmptyChunks
    while record.models[position].failure == nil {
      configuration.upTo = count - 1
      var isLongEnough = true
      try enter(configuration, into: &record.models[position], willTry) { model, sample in
        let time = steadyState(sample.regions) ?? 0
        isLongEnough = model.emptyChunkCount != nil || time >= Self.leastEmptyTime || count >= 1_000_000_000
        if isLongEnough {
          model.emptyChunkCount = count
          model.emptyChunks = (model.emptyChunks ?? []) + [sample.regions]
          sample.count(in: &model.emptyChunksDisturbed)
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

  /// Runs a configuration, and stores its sample or the model's failure.
  private func enter(
    _ configuration: Configuration, into model: inout GranularityRecord.Model,
    _ willTry: (Configuration) -> Void, _ store: (inout GranularityRecord.Model, Sample) -> Void
  ) throws(Interruption) {
    switch try sample(of: configuration, willTry) {
    case .success(let sample): store(&model, sample)
    case .failure(let failure): model.failure = failure.reason
    }
  }

  private func sample(
    of configuration: Configuration, _ willTry: (Configuration) -> Void
  ) throws(Interruption) -> Result<Sample, Failure> {
    willTry(configuration)
    switch try runner.run(configuration, timeout: timeout ?? estimate.timeout(of: configuration)) {
    case .failed(let reason, _): return .failure(Failure(reason: reason))
    case .measured(let process, let report):
      guard let regions = report.regions else {
        return .failure(
          Failure(reason: "\(configuration.model) does not report the time of every region ('regions')"))
      }
      return .success(
        Sample(
          regions: regions,
          isDisturbed: process.foreignLoad.map { _ in process.isDisturbed(beyond: mostForeignLoad) }))
    }
  }
}

/// The measurement of one trial of a sweep.
private struct Sample {
  /// The times of its regions, in nanoseconds.
  let regions: [UInt64]
  /// Whether other programs disturbed it; `nil` if foreign load was not recorded.
  let isDisturbed: Bool?

  /// Adds the sample to a number of disturbed ones if it is disturbed.
  func count(in disturbed: inout Int?) {
    if let isDisturbed { disturbed = (disturbed ?? 0) + (isDisturbed ? 1 : 0) }
  }
}

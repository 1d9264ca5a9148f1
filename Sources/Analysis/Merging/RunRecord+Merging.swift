import Records

/// A run and the name by which messages call it, such as its file.
public struct NamedRun: Sendable {
  let record: RunRecord
  let name: String

  /// Makes a named run.
  public init(_ record: RunRecord, name: String) {
    (self.record, self.name) = (record, name)
  }
}

/// The reason that runs cannot be joined, as one line.
public struct MergeRefusal: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason.
  public let description: String
}

extension RunRecord {
  /// Joins runs of one plan on one machine into one run, whose trials count like those of a single run.
  ///
  /// The runs follow each other in the order of their starts, and the rounds of each are numbered on from those before
  /// it: trials of one round stay together. `mergedFrom` says which rounds come from which run. The plan of the result
  /// has as many rounds as were begun, no seed, because the order follows from several, and no budget.
  ///
  /// - Parameter runs: One or more valid runs.
  /// - Throws: `MergeRefusal`, which names the first difference, if they differ in the version of the suite, the host,
  ///   the machine, or the configurations; or if a run is in two of them.
  public init(merging runs: [NamedRun]) throws(MergeRefusal) {
    for other in runs.dropFirst() {
      if let difference = runs[0].difference(from: other) {
        throw MergeRefusal(description: difference)
      }
    }
    try Self.requireDistinct(runs)
    let records = runs.map(\.record).sorted { $0.startedAt < $1.startedAt }
    self = records[0]
    (trials, resumedAt, mergedFrom) = ([], nil, [])
    (plan.trials, plan.warmUps, plan.seed, plan.budget) = (0, 0, nil, nil)
    if Set(records.map(\.plan.precision)).count > 1 { plan.precision = nil }
    countersReason = records.lazy.compactMap(\.countersReason).first
    passport.energy =
      records.lazy.compactMap(\.passport.energy).first { $0.counters != nil } ?? passport.energy
    let positions = Dictionary(
      plan.configurations.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for record in records { append(record, positions) }
  }

  /// Appends the trials of a run.
  ///
  /// - Parameter positions: The configurations of this run with their indices.
  private mutating func append(_ other: RunRecord, _ positions: [Configuration: Int]) {
    let rounds = other.numbers(ofWarmUps: false, from: plan.trials)
    let warmUps = other.numbers(ofWarmUps: true, from: plan.warmUps)
    trials += other.trials.map { trial in
      var trial = trial
      trial.configuration = positions[other.plan.configurations[trial.configuration]] ?? trial.configuration
      trial.round = (trial.warmUp ? warmUps : rounds)[trial.round] ?? trial.round
      return trial
    }
    plan.trials += rounds.count
    plan.warmUps += warmUps.count
    if let resumed = other.resumedAt { resumedAt = (resumedAt ?? []) + resumed }
    mergedFrom?.append(contentsOf: other.parts)
  }

  /// Returns the new number of each round that has a trial, counted from `first`.
  private func numbers(ofWarmUps areWarmUps: Bool, from first: Int) -> [Int: Int] {
    let rounds = Set(trials.filter { $0.warmUp == areWarmUps }.map(\.round)).sorted()
    return Dictionary(uniqueKeysWithValues: zip(rounds, first...))
  }

  /// The runs that it was joined from, or the run itself.
  private var parts: [Part] {
    mergedFrom ?? [
      Part(
        startedAt: startedAt, seed: plan.seed, rounds: numbers(ofWarmUps: false, from: 0).count,
        warmUps: numbers(ofWarmUps: true, from: 0).count)
    ]
  }

  /// Checks that no run is in two of the files, in whole or in part.
  ///
  /// - Throws: `MergeRefusal`.
  private static func requireDistinct(_ runs: [NamedRun]) throws(MergeRefusal) {
    var names: [Part.Identity: String] = [:]
    for run in runs {
      for part in run.record.parts {
        if let name = names.updateValue(run.name, forKey: part.identity) {
          throw MergeRefusal(
            description: "the run started at \(part.startedAt) is in both \(name) and \(run.name)")
        }
      }
    }
  }
}

extension RunRecord.Part {
  /// Runs with the same start and seed are the same run: seeds are random.
  fileprivate struct Identity: Hashable {
    let startedAt: String
    let seed: UInt64?
  }

  fileprivate var identity: Identity { Identity(startedAt: startedAt, seed: seed) }
}

extension RunRecord {
  /// The reason that a decoded run is invalid, as a predicate; `nil` if it is valid. Only valid runs can be analyzed.
  public var contradiction: String? {
    Bounds(self).problem ?? plan.repetition ?? strayTrial ?? repeatedTrial
      ?? trials.lazy.compactMap(\.report?.traffic?.contradiction).first
  }

  private var strayTrial: String? {
    let known = plan.configurations.indices
    return trials.allSatisfy { known.contains($0.configuration) }
      ? nil : "has a trial whose configuration is not in its plan"
  }

  private var repeatedTrial: String? {
    var seen: Set<Trial.Place> = []
    seen.reserveCapacity(trials.count)
    guard let trial = trials.first(where: { !seen.insert($0.place).inserted }) else { return nil }
    let round = "\(trial.warmUp ? "warm-up " : "")round \(trial.round)"
    return
      "has \(round) of \(plan.configurations[trial.configuration].summary) twice; to join runs, use scaleup merge"
  }
}

extension Plan {
  fileprivate var repetition: String? {
    var seen: Set<Configuration> = []
    return configurations.first { !seen.insert($0).inserted }.map { "has \($0.summary) twice in its plan" }
  }
}

extension Configuration {
  fileprivate var summary: String { "\(workload) \(model) with \(workers) worker\(workers == 1 ? "" : "s")" }
}

extension Trial {
  /// The identity of a trial in a run.
  public struct Place: Hashable, Sendable {
    /// The index of its configuration in the plan.
    public let configuration: Int
    /// Its round.
    public let round: Int
    /// Whether it was a warm-up.
    public let warmUp: Bool
  }

  /// The identity of the trial in its run.
  public var place: Place { Place(configuration: configuration, round: round, warmUp: warmUp) }
}

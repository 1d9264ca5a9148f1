import Records
import Statistics

extension GateAnswer {
  /// Evaluates a gate for every configuration that the baseline has measured and another side has planned.
  ///
  /// The gate passes if every configuration passes its own test at 5 %: an intersection-union test, which needs no
  /// correction (Berger, "Multiparameter Hypothesis Testing and Acceptance Sampling", Technometrics 24 (1982)). It fails
  /// if a configuration is beyond the limit after Holm's correction for all configurations.
  ///
  /// - Parameters:
  ///   - gate: The gate.
  ///   - sides: All sides; the first is the baseline.
  ///   - changes: The changes of the configurations that both have measured.
  ///   - partOfErrors: The part of the permitted errors to use (default: 1).
  init(
    _ gate: Gate, _ sides: [ComparedSide], _ changes: [ComparedChange], partOfErrors: Double = 1
  ) {
    var judged: [(position: Int, configuration: Configuration, ratio: ComparedRatio?)] = []
    for position in sides.indices.dropFirst() {
      if gate.measure == .utilization, sides[position].first.effectiveCPUs != sides[0].first.effectiveCPUs {
        continue
      }
      let planned = Set(sides[position].first.plan.configurations.map(\.matched))
      let ratios = Dictionary(
        changes.filter { $0.position == position }.map { ($0.configuration, gate.measure.ratio(of: $0)) },
        uniquingKeysWith: { first, _ in first })
      for configuration in sides[0].first.configurations.map(\.configuration)
      where planned.contains(configuration.matched) && gate.measure.isDefined(for: configuration) {
        judged.append((position, configuration, ratios[configuration] ?? nil))
      }
    }
    let verdicts = gate.verdicts(
      on: judged.map { $0.ratio?.comparison?.estimate }, partOfErrors: partOfErrors)
    let findings = zip(judged, verdicts).filter { $1 != .passed }.map { one, verdict in
      Finding(
        run: one.position, configuration: one.configuration, verdict: verdict, ratio: one.ratio?.record)
    }
    self.init(gate: gate, count: judged.count, findings: findings)
  }
}

extension Gate {
  /// The part of the permitted errors that an early end of a run may use. The gate is judged again at every look, and at
  /// the end with the whole of them.
  private static let partOfLooks = 0.1

  /// Returns how uncertain this gate is of each configuration of a run: the least of its p-values, or infinity if it has
  /// none. `nil` for configurations that it has decided, and for all if one has failed.
  public func uncertainties(
    between baseline: MeasuredRun, and run: MeasuredRun, sharesRounds: Bool
  ) -> [Double?] {
    let sides = [baseline, run].compactMap { ComparedSide([$0], sharesRounds: sharesRounds) }
    let changes = baseline.configurations.compactMap {
      ComparedChange(of: $0.configuration, in: sides[0], and: sides[1], 1)
    }
    let answer = GateAnswer(self, sides, changes, partOfErrors: Self.partOfLooks)
    if answer.verdict == .failed { return run.plan.configurations.map { _ in nil } }
    let undecided = Set(answer.findings.filter { $0.verdict == .inconclusive }.map(\.configuration.matched))
    let ratios = Dictionary(
      changes.map { ($0.configuration.matched, measure.ratio(of: $0)) },
      uniquingKeysWith: { first, _ in first })
    return run.plan.configurations.map { configuration in
      if !undecided.contains(configuration.matched) { return nil }
      let estimate = (ratios[configuration.matched] ?? nil)?.comparison?.estimate
      return estimate.map { min(pValueOfPassing($0), pValueOfFailing($0)) } ?? .infinity
    }
  }

  /// The probability of passing a configuration whose regression is beyond the limit.
  private static let passingError = 0.05
  /// The probability of failing any configuration if none is beyond the limit.
  private static let failingError = 0.02

  /// Returns the verdict on each ratio: passed if a test shows that the regression is within the limit, failed if it
  /// shows that it is beyond, otherwise inconclusive; `nil` is a ratio without an estimate.
  fileprivate func verdicts(
    on ratios: [MedianEstimate?], partOfErrors: Double
  ) -> [GateAnswer.Verdict] {
    let known = ratios.indices.filter { ratios[$0] != nil }
    let estimates = ratios.compactMap(\.self)
    let beyond = adjustedByHolm(estimates.map(pValueOfFailing))
    var verdicts = [GateAnswer.Verdict](repeating: .inconclusive, count: ratios.count)
    for (place, (estimate, pValue)) in zip(known, zip(estimates, beyond)) {
      if pValueOfPassing(estimate) < Self.passingError * partOfErrors {
        verdicts[place] = .passed
      } else if pValue < Self.failingError * partOfErrors {
        verdicts[place] = .failed
      }
    }
    return verdicts
  }

  private func pValueOfPassing(_ estimate: MedianEstimate) -> Double {
    measure == .time
      ? estimate.pValue(lessThan: 1 + limit) : estimate.pValue(greaterThan: max(0, 1 - limit))
  }

  private func pValueOfFailing(_ estimate: MedianEstimate) -> Double {
    measure == .time
      ? estimate.pValue(greaterThan: 1 + limit) : estimate.pValue(lessThan: max(0, 1 - limit))
  }
}

extension Gate.Measure {
  /// Whether a configuration has this measure: what speedups are over has no efficiency, and `serve` has
  /// only a time, the CPU time per request.
  fileprivate func isDefined(for configuration: Configuration) -> Bool {
    if configuration.traffic != nil { return self == .time }
    return self != .efficiency || !configuration.isReference
  }

  fileprivate func ratio(of change: ComparedChange) -> ComparedRatio? {
    switch self {
    case .time: change.time
    case .efficiency: change.efficiency
    case .utilization: change.utilization
    }
  }
}

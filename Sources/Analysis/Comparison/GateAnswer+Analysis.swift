import Records

extension GateAnswer {
  /// Evaluates a gate for every configuration that the baseline has measured and another run has planned.
  ///
  /// - Parameters:
  ///   - gate: The gate.
  ///   - baseline: The baseline.
  ///   - runs: All runs; the first is the baseline.
  ///   - changes: The changes of the configurations that both have measured, by position of the other run.
  init(
    _ gate: Gate, _ baseline: MeasuredRun, _ runs: [MeasuredRun], _ changes: [Int: [ComparisonRecord.Change]]
  ) {
    var (count, findings): (Int, [Finding]) = (0, [])
    for position in runs.indices.dropFirst() {
      if gate.measure == .utilization, runs[position].effectiveCPUs != baseline.effectiveCPUs { continue }
      let planned = Set(runs[position].plan.configurations.map(\.compared))
      let ratios = Dictionary(
        (changes[position] ?? []).map { ($0.configuration, gate.measure.ratio(of: $0)) },
        uniquingKeysWith: { first, _ in first })
      for configuration in baseline.configurations.map(\.configuration)
      where planned.contains(configuration.compared) && gate.measure.isDefined(for: configuration) {
        let ratio = ratios[configuration] ?? nil
        let verdict = gate.verdict(on: ratio)
        count += 1
        if verdict == .passed { continue }
        findings.append(
          Finding(run: position, configuration: configuration, verdict: verdict, ratio: ratio))
      }
    }
    self.init(gate: gate, count: count, findings: findings)
  }
}

extension Gate {
  /// Returns the verdict on a ratio, from its 95 % interval: passed if the interval excludes a regression beyond the
  /// limit, failed if it shows one, otherwise inconclusive.
  func verdict(on ratio: ComparisonRecord.Ratio?) -> GateAnswer.Verdict {
    guard let ratio, let lower = ratio.lower, let upper = ratio.upper else { return .inconclusive }
    switch measure {
    case .time:
      if upper <= 1 + limit { return .passed }
      return lower > 1 + limit ? .failed : .inconclusive
    case .efficiency, .utilization:
      if lower >= 1 - limit { return .passed }
      return upper < 1 - limit ? .failed : .inconclusive
    }
  }
}

extension Gate.Measure {
  /// Whether a configuration has this measure: `single` has no efficiency, because it is the reference.
  fileprivate func isDefined(for configuration: Configuration) -> Bool {
    self != .efficiency || configuration.model != "single"
  }

  fileprivate func ratio(of change: ComparisonRecord.Change) -> ComparisonRecord.Ratio? {
    switch self {
    case .time: change.time
    case .efficiency: change.efficiency
    case .utilization: change.utilization
    }
  }
}

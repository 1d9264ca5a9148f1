import Records

extension GateAnswer {
  /// Asks a gate about every configuration of the baseline that another run has planned too.
  ///
  /// - Parameters:
  ///   - gate: The gate.
  ///   - baseline: The baseline.
  ///   - runs: All runs; the first is the baseline.
  ///   - changes: How the configurations have changed that both have measured.
  init(_ gate: Gate, _ baseline: MeasuredRun, _ runs: [MeasuredRun], _ changes: [ComparisonRecord.Change]) {
    var (count, findings): (Int, [Finding]) = (0, [])
    for position in runs.indices.dropFirst() {
      if gate.measure == .utilization, runs[position].effectiveCPUs != baseline.effectiveCPUs { continue }
      let planned = Set(runs[position].run.plan.configurations.map(\.compared))
      for configuration in baseline.configurations.map(\.configuration)
      where planned.contains(configuration.compared) && gate.measure.isDefined(for: configuration) {
        let change = changes.first { $0.run == position && $0.configuration == configuration }
        let ratio = change.flatMap(gate.measure.ratio)
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
  /// What an interval says: passed where it rules out a worsening by more than the limit, failed where it shows one.
  func verdict(on ratio: ComparisonRecord.Estimate?) -> GateAnswer.Verdict {
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
  /// Whether it says anything of a configuration: `single` is what efficiencies are told by.
  fileprivate func isDefined(for configuration: Configuration) -> Bool {
    self != .efficiency || configuration.model != "single"
  }

  fileprivate func ratio(of change: ComparisonRecord.Change) -> ComparisonRecord.Estimate? {
    switch self {
    case .time: change.time
    case .efficiency: change.efficiency
    case .utilization: change.utilization
    }
  }
}

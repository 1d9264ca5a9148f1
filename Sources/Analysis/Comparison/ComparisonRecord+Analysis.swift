import Records
import Statistics

extension ComparisonRecord {
  /// Compares runs with a baseline.
  ///
  /// - Parameters:
  ///   - records: Two or more runs; the first is the baseline.
  ///   - runs: Their descriptions, in the same order.
  ///   - gates: The gates to evaluate.
  public init(_ records: [RunRecord], _ runs: [Run], gates: [Gate] = []) {
    self.init(runs: runs)
    let measured = records.map { MeasuredRun($0) }
    guard let first = measured.first else { return }
    let baseline = ReferencedRun(first)
    for position in measured.indices.dropFirst() {
      let other = ReferencedRun(measured[position])
      refusals += refusalsToCompare(first, runs[0].name, with: other.measured, runs[position].name)
      changes += first.configurations.compactMap { one in
        other.measured.counterpart(of: one.configuration).flatMap {
          change(position, one, $0, baseline, other)
        }
      }
      gains += verticalGains(position, baseline, other)
    }
    let spreads = HostSpread.all(in: measured, prices: runs.map(\.price))
    if !spreads.isEmpty { self.spreads = spreads }
    let changes = Dictionary(grouping: changes, by: \.run)
    self.gates = gates.map { gate in GateAnswer(gate, first, measured, changes) }
  }

  /// Returns the change of a configuration; `nil` if it did no work in one of the runs.
  private func change(
    _ position: Int, _ one: MeasuredConfiguration, _ two: MeasuredConfiguration, _ baseline: ReferencedRun,
    _ other: ReferencedRun
  ) -> Change? {
    guard let time = Ratio(timeOf: two, over: one) else { return nil }
    var change = Change(run: position, configuration: one.configuration, time: time)
    if one.configuration.model != "single" {
      change.efficiency = EfficiencyRatio(one, two, baseline, other)?.ratio
    }
    // The same number of workers is a smaller share of a bigger machine.
    if baseline.measured.effectiveCPUs == other.measured.effectiveCPUs {
      change.utilization = Ratio(of: \.utilization, two, over: one)
    }
    return change
  }
}

extension ComparisonRecord.Ratio {
  /// Makes the ratio of the times for the same work; `nil` if one configuration did none.
  init?(timeOf one: MeasuredConfiguration, over other: MeasuredConfiguration) {
    self.init(of: \.workTime, one, over: other)
  }

  /// Makes the ratio of the medians of a statistic; `nil` if one of them is undefined, or if the denominator is 0.
  fileprivate init?(
    of statistic: (MeasuredTrial) -> Double?, _ one: MeasuredConfiguration, over other: MeasuredConfiguration
  ) {
    guard let above = one.median(of: statistic), let below = other.median(of: statistic), below > 0 else {
      return nil
    }
    let interval = MedianComparison(
      one.trials.compactMap(statistic), over: other.trials.compactMap(statistic))?.interval
    self.init(value: above / below, lower: interval?.lower, upper: interval?.upper)
  }
}

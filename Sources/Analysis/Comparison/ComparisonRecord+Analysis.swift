import Records
import Statistics

extension ComparisonRecord {
  /// Compares runs with the first of them.
  ///
  /// - Parameters:
  ///   - records: The runs, two or more; the first is the baseline.
  ///   - runs: What they are called here, one for each.
  ///   - gates: What must not get worse.
  public init(_ records: [RunRecord], _ runs: [Run], gates: [Gate] = []) {
    self.init(runs: runs)
    let measured = records.map { MeasuredRun($0) }
    guard let baseline = measured.first else { return }
    for position in measured.indices.dropFirst() {
      let other = measured[position]
      refusals += refusalsToCompare(baseline, runs[0].name, with: other, runs[position].name)
      changes += baseline.configurations.compactMap { one in
        other.counterpart(of: one.configuration).map { change(position, one, $0, baseline, other) }
      }
      gains += verticalGains(position, baseline, other)
    }
    let spreads = Spread.all(in: measured, prices: runs.map(\.price))
    if !spreads.isEmpty { self.spreads = spreads }
    self.gates = gates.map { gate in GateAnswer(gate, baseline, measured, changes) }
  }

  /// How a configuration has changed.
  private func change(
    _ position: Int, _ one: MeasuredConfiguration, _ two: MeasuredConfiguration, _ baseline: MeasuredRun,
    _ other: MeasuredRun
  ) -> Change {
    var change = Change(
      run: position, configuration: one.configuration, time: Estimate(timeOf: two, over: one))
    if one.configuration.model != "single" {
      change.efficiency = EfficiencyRatio(one, two, baseline, other)?.estimate
    }
    // On a bigger machine the same workers must use a smaller part.
    if baseline.effectiveCPUs == other.effectiveCPUs {
      change.utilization = Estimate(ratioOf: two.utilizations, over: one.utilizations)
    }
    return change
  }
}

extension ComparisonRecord.Estimate {
  /// A number and its interval, where it has one.
  init(_ value: Double, _ interval: Interval?) {
    self.init(value: value, lower: interval?.lower, upper: interval?.upper)
  }

  /// The ratio of the times that the same work took.
  init(timeOf one: MeasuredConfiguration, over other: MeasuredConfiguration) {
    self.init(one.time / other.time, Self.interval(of: one.times, over: other.times))
  }

  /// The ratio of the medians of values by round, whose rounds have nothing to do with one another; `nil` where there are
  /// none, or nothing to divide by.
  fileprivate init?(ratioOf values: [Int: Double], over others: [Int: Double]) {
    guard let above = median(Array(values.values)), let below = median(Array(others.values)), below > 0 else {
      return nil
    }
    self.init(above / below, Self.interval(of: values, over: others))
  }

  private static func interval(of values: [Int: Double], over others: [Int: Double]) -> Interval? {
    func inOrder(_ values: [Int: Double]) -> [Double] { values.sorted { $0.key < $1.key }.map(\.value) }
    return MedianComparison(inOrder(values), over: inOrder(others))?.interval
  }
}

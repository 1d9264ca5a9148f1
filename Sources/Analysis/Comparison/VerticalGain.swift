import Records
import Statistics

extension ComparisonRecord {
  /// Returns the gains of another machine over the baseline's, with every core in use.
  ///
  /// There is one gain per model, workload, kernel and schedule that both have measured with as many workers as
  /// effective CPUs; N may differ if every number costs the same. The ratio of the throughputs X = 1 / T, with T the time
  /// per number, is (T1_A / T1_B) · (p_B / p_A) · (E_B / E_A), with T1 the time of `single` (of a command, with one worker) and E = T1 / (p · T): the
  /// ratios of per-core speed, number of cores and efficiency. If cores have several CPUs, p is the number of physical cores
  /// times what the further CPUs add (`siblingGain`).
  func verticalGains(_ position: Int, _ baseline: ComparedSide, _ other: ComparedSide) -> [Gain] {
    let full = baseline.first.configurations.filter {
      $0.configuration.workers == baseline.first.effectiveCPUs
        && ($0.configuration.model != "single" || $0.configuration.command != nil) && $0.hosts == 1
        && $0.configuration.traffic == nil
    }
    let cores = Self.coreRatios(baseline.first, other.first)
    // Every model is compared with the same `single`, and every command with itself.
    var perCore: [Configuration: ComparedRatio] = [:]
    let found = full.compactMap { one -> (gain: Gain, pValue: Double?)? in
      var wanted = one.configuration
      wanted.workers = other.first.effectiveCPUs
      guard let one = baseline.counterpart(of: one.configuration), let two = other.counterpart(of: wanted),
        two.hosts == 1, one.isComparable(with: two)
      else { return nil }
      if let oneReference = one.reference, let twoReference = two.reference,
        perCore[oneReference.configuration] == nil
      {
        perCore[oneReference.configuration] = oneReference.times.over(twoReference.times)
      }
      return gain(position, one, two, perCore: one.reference.flatMap { perCore[$0.configuration] }, cores)
    }
    let tested = found.indices.filter { found[$0].pValue != nil }
    var gains = found.map(\.gain)
    for (place, pValue) in zip(tested, adjustedByHolm(tested.compactMap { found[$0].pValue })) {
      gains[place].isSignificant = pValue < Self.error
    }
    return gains
  }

  private func gain(
    _ position: Int, _ one: ComparedConfiguration, _ two: ComparedConfiguration, perCore: ComparedRatio?,
    _ cores: (cores: Double, smt: Ratio)?
  ) -> (Gain, Double?)? {
    guard let ratio = one.times.over(two.times), let throughput = one.throughput,
      let otherThroughput = two.throughput
    else { return nil }
    let throughputs = [throughput, otherThroughput]
    let workers = [one, two].map { Double(max(1, $0.configuration.workers)) }
    var gain = Gain(
      run: position, configuration: one.configuration, workers: two.configuration.workers,
      throughputs: throughputs, gain: ratio.record, cores: cores?.cores ?? workers[1] / workers[0])
    gain.smt = cores?.smt
    if let perCore {
      gain.perCore = perCore.record
      // What remains of the gain. The efficiencies of the rounds say how exact it is; their own median may differ from it
      // in the last digits.
      let efficiency = two.efficiencies.flatMap { above in one.efficiencies.flatMap { above.over($0) } }
      let value = ratio.value / (perCore.value * gain.cores * (gain.smt?.value ?? 1))
      let interval = efficiency.flatMap { found in found.comparison?.interval.scaled(by: value / found.value)
      }
      gain.efficiency = Ratio(value: value, lower: interval?.lower, upper: interval?.upper)
    }
    if let price = runs[0].price, let otherPrice = runs[position].price {
      gain.workForMoney = zip(throughputs, [price, otherPrice]).map { $0 * 3600 / $1 }
    }
    return (gain, ratio.comparison?.estimate.pValue)
  }

  /// Returns the ratios of the numbers of physical cores and of what their further CPUs add; `nil` if each CPU is a core of its
  /// own, or if it is unknown what the further ones add.
  static func coreRatios(_ one: MeasuredRun, _ two: MeasuredRun) -> (cores: Double, smt: Ratio)? {
    guard one.physicalCores != nil || two.physicalCores != nil else { return nil }
    let gains = [one, two].map { run -> (factor: Double, interval: Interval?)? in
      run.physicalCores == nil ? (1, nil) : run.siblingGain.map { ($0.factor, $0.interval) }
    }
    guard let first = gains[0], let second = gains[1] else { return nil }
    var smt = Ratio(value: second.factor / first.factor)
    if one.physicalCores == nil {
      (smt.lower, smt.upper) = (second.interval?.lower, second.interval?.upper)
    } else if two.physicalCores == nil, let interval = first.interval, interval.lower > 0 {
      (smt.lower, smt.upper) = (1 / interval.upper, 1 / interval.lower)
    }
    return (Double(two.cores) / Double(one.cores), smt)
  }
}

extension ComparedConfiguration {
  /// Numbers or operations per second, from the median time of the same work; `nil` if none was done.
  fileprivate var throughput: Double? {
    times.geometricMean.map { 1e9 / $0 }
  }
}

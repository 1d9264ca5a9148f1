import Records

extension ComparisonRecord {
  /// Returns the gain of another machine over the baseline's, with every core in use.
  ///
  /// There is one gain per model, workload, kernel and schedule that both have measured with as many workers as
  /// effective CPUs. The ratio of the throughputs X = 1 / T is (T1_A / T1_B) · (p_B / p_A) · (E_B / E_A), with T1 the
  /// time of `single` and E = T1 / (p · T): the ratios of per-core speed, number of cores and efficiency.
  func verticalGains(_ position: Int, _ baseline: ReferencedRun, _ other: ReferencedRun) -> [Gain] {
    let full = baseline.measured.configurations.filter {
      $0.configuration.workers == baseline.measured.effectiveCPUs && $0.configuration.model != "single"
        && $0.hosts == 1
    }
    // Every model is compared with the same `single`.
    var perCore: [Configuration: Ratio] = [:]
    return full.compactMap { one in
      var wanted = one.configuration
      wanted.workers = other.measured.effectiveCPUs
      guard let two = other.measured.counterpart(of: wanted), two.hosts == 1 else { return nil }
      guard var gain = gain(position, one, two) else { return nil }
      if let oneSingle = baseline.measured.single(for: one.configuration),
        let twoSingle = other.measured.single(for: two.configuration)
      {
        let known = perCore[oneSingle.configuration]
        gain.perCore = known ?? Ratio(timeOf: oneSingle, over: twoSingle)
        perCore[oneSingle.configuration] = gain.perCore
        gain.efficiency = EfficiencyRatio(one, two, baseline, other)?.ratio
      }
      return gain
    }
  }

  private func gain(
    _ position: Int, _ one: MeasuredConfiguration, _ two: MeasuredConfiguration
  ) -> Gain? {
    guard let ratio = Ratio(timeOf: one, over: two), let throughput = one.throughput,
      let otherThroughput = two.throughput
    else { return nil }
    let throughputs = [throughput, otherThroughput]
    var gain = Gain(
      run: position, configuration: one.configuration, workers: two.configuration.workers,
      throughputs: throughputs,
      gain: ratio,
      cores: Double(two.configuration.workers) / Double(max(1, one.configuration.workers)))
    if let price = runs[0].price, let otherPrice = runs[position].price {
      gain.workForMoney = zip(throughputs, [price, otherPrice]).map { $0 * 3600 / $1 }
    }
    return gain
  }
}

extension MeasuredConfiguration {
  /// Numbers or operations per second, from the median time of the same work; `nil` if none was done.
  var throughput: Double? {
    median(of: \.workTime).map { (configuration.upTo.map { Double($0) + 1 } ?? 1) / $0 * 1e9 }
  }
}

import Records

extension ComparisonRecord.Spread {
  /// For everything that was measured on several machines, with a core for every worker, the same number of workers in
  /// one machine that has the cores for them: the same model in the same way where that was measured, else the fastest
  /// of all.
  ///
  /// - Parameter run: The run in which to look.
  public static func all(in run: RunRecord) -> [Self] {
    // Without this most runs would be looked through for nothing.
    guard run.trials.contains(where: { ($0.report?.hosts?.count ?? 1) > 1 }) else { return [] }
    return all(in: [MeasuredRun(run)], prices: [nil])
  }

  /// The same in several runs.
  ///
  /// - Parameter prices: What an hour of a machine of each of them costs; `nil` where that is not known.
  static func all(in runs: [MeasuredRun], prices: [Double?]) -> [Self] {
    let all = runs.enumerated().flatMap { position, run in
      run.configurations.map { Place(position, $0, in: run) }
    }
    .filter { $0.measured.configuration.isPeer != true && $0.workers <= $0.measured.cores }
    return all.filter { $0.measured.hosts > 1 }.compactMap { several in
      let alike = all.filter { $0.measured.hosts == 1 && $0.isSameWork(as: several) }
      let same = alike.first { $0.measured.configuration.compared == several.measured.configuration.compared }
      return (same ?? alike.min { $0.measured.time < $1.measured.time }).map { one in
        Self(one, several, prices: prices)
      }
    }
  }

  private init(_ one: Place, _ several: Place, prices: [Double?]) {
    let places = [one, several]
    self.init(
      runs: places.map(\.run), configurations: places.map(\.measured.configuration),
      hosts: several.measured.hosts,
      time: .init(timeOf: several.measured, over: one.measured))
    communication = several.measured.communication
    let speedups = places.compactMap(\.speedup)
    if speedups.count == places.count { self.speedups = speedups }
    let costs = places.compactMap { place in
      prices[place.run].map { $0 * Double(place.measured.hosts) }
    }
    if costs.count == places.count {
      workForMoney = zip(places, costs).map { $0.measured.throughput * 3600 / $1 }
    }
  }
}

/// A configuration, and the run in which it was measured.
private struct Place {
  let run: Int
  let measured: MeasuredConfiguration
  let speedup: Double?

  init(_ run: Int, _ measured: MeasuredConfiguration, in measuredRun: MeasuredRun) {
    self.run = run
    self.measured = measured
    speedup = measuredRun.single(for: measured.configuration).map { $0.time / measured.time }
  }

  var workers: Int { measured.configuration.workers }

  func isSameWork(as other: Place) -> Bool {
    let (one, two) = (measured.configuration, other.measured.configuration)
    return one.compared.work == two.compared.work && one.kernel == two.kernel && one.workers == two.workers
      && one.repetitions == two.repetitions
  }
}

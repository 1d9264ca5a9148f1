import Records

extension ComparisonRecord.HostSpread {
  /// Returns the configurations that ran on several machines, each with its counterpart on one machine.
  ///
  /// The counterpart has the same number of workers: the same model and schedule if that was measured, otherwise the
  /// fastest. Both have a core for every worker.
  ///
  /// - Parameter run: The run to search.
  public static func all(in run: MeasuredRun) -> [Self] {
    all(in: [run], prices: [nil])
  }

  /// Returns the configurations of several runs that ran on several machines, each with its counterpart on one machine.
  ///
  /// - Parameter prices: The price per hour of each run's machine; `nil` if it is unknown.
  static func all(in runs: [MeasuredRun], prices: [Double?]) -> [Self] {
    if !runs.contains(where: { $0.configurations.contains { $0.hosts > 1 } }) { return [] }
    let all = runs.enumerated().flatMap { position, run -> [Place] in
      let referenced = ReferencedRun(run)
      return run.configurations.compactMap { Place(position, $0, in: referenced) }
    }
    .filter { $0.configuration.isPeer != true && $0.configuration.workers <= $0.measured.cores }
    let inOne = all.filter { $0.measured.hosts == 1 }
    let same = Dictionary(
      inOne.map { ($0.configuration.compared, $0) }, uniquingKeysWith: { first, _ in first })
    let fastest = Dictionary(
      inOne.map { ($0.work, $0) }, uniquingKeysWith: { $1.time < $0.time ? $1 : $0 })
    return all.filter { $0.measured.hosts > 1 }.compactMap { several in
      (same[several.configuration.compared] ?? fastest[several.work]).flatMap {
        Self($0, several, prices: prices)
      }
    }
  }

  private init?(_ one: Place, _ several: Place, prices: [Double?]) {
    guard let time = ComparisonRecord.Ratio(timeOf: several.measured, over: one.measured) else { return nil }
    let places = [one, several]
    self.init(
      runs: places.map(\.run), configurations: places.map(\.configuration), hosts: several.measured.hosts,
      time: time)
    communication = several.measured.median(of: \.communication)
    let speedups = places.compactMap(\.speedup)
    if speedups.count == places.count { self.speedups = speedups }
    let works = places.compactMap { place in
      prices[place.run].flatMap { price in
        place.measured.throughput.map { $0 * 3600 / (price * Double(place.measured.hosts)) }
      }
    }
    if works.count == places.count { workForMoney = works }
  }
}

/// A configuration that did some work, with the position of its run.
private struct Place {
  let run: Int
  let measured: MeasuredConfiguration
  let time: Double
  let speedup: Double?

  init?(_ position: Int, _ measured: MeasuredConfiguration, in run: ReferencedRun) {
    guard let time = measured.median(of: \.workTime) else { return nil }
    self.run = position
    self.measured = measured
    self.time = time
    speedup = run.speedup(of: measured)
  }

  var configuration: Configuration { measured.configuration }

  /// The part of the configuration that counterparts have in common.
  var work: Configuration {
    var work = configuration.compared.work
    work.kernel = configuration.kernel
    work.workers = configuration.workers
    work.repetitions = configuration.repetitions
    return work
  }
}

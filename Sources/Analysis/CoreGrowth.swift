import Records
import Statistics

/// The answer to whether more cores pay: the gain of the last doubling of workers, and that of twice the cores.
public struct CoreGrowth: Equatable, Sendable {
  /// The gain from one number of workers to another, as measured.
  public struct Step: Equatable, Sendable {
    /// The smaller number of workers.
    public let from: Int
    /// The greater number, usually twice as many.
    public let to: Int
    /// The factor of the throughput: the median of the rounds' ratios.
    public let factor: Double
    /// The 95 % interval of the factor; `nil` for too few rounds.
    public let interval: Interval?
  }

  /// The gain from twice the cores, which no measurement can show.
  public enum Outlook: Equatable, Sendable {
    /// The factor of the throughput with its 95 % interval, extrapolated by these laws. With several laws, which the data
    /// cannot tell apart, the interval covers all of them, and there is no factor.
    case extrapolated(factor: Double?, Interval, by: [ScalingLaw])
    /// Each law needs so many worker counts; there are only so many.
    case tooFewCounts(needed: Int, found: Int)
    /// No law fits the data.
    case noLaw(LawFitError)
  }

  /// The configuration with the most workers.
  public let configuration: Configuration
  /// The cores that are doubled: the physical cores of the fastest kind, or the effective CPUs if those are unknown or the same.
  public let cores: Int
  /// The kind of these cores; `nil` if all are alike, or if it is unknown how many there are of each.
  public let kind: String?
  /// The physical cores of each kind, the fastest first; empty if all are alike, or if it is unknown how many there are.
  public let kinds: [KindOfCores]
  /// The physical cores of all kinds, or the effective CPUs if those are unknown or the same.
  public let allCores: Int
  /// The last doubling up to the effective CPUs; `nil` if only one number of workers was measured.
  public let last: Step?
  /// The gain from twice the cores; `nil` if only one number of workers was measured.
  public let outlook: Outlook?

  /// Finds the growth of a model; `nil` if it does not gain from workers by its kind.
  ///
  /// - Parameters:
  ///   - row: A row of the model.
  ///   - workload: The workload of the row.
  ///   - run: The run of the row.
  init?(of row: ConfigurationAnalysis, in workload: WorkloadAnalysis, of run: MeasuredRun) {
    guard workload.traffic == nil, row.configuration.command != nil || row.configuration.model != "single",
      row.hosts.count <= 1
    else { return nil }
    let series = workload.rows.filter {
      $0.configuration.isSameSeries(as: row.configuration) && !$0.isOversubscribed && !$0.measured.isDisturbed
    }
    let reference = workload.rows.first {
      $0.configuration.isReference && $0.configuration.referenceName == row.configuration.referenceName
        && !$0.measured.isDisturbed
    }
    guard let most = series.max(by: { $0.configuration.workers < $1.configuration.workers }) else {
      return nil
    }
    configuration = most.configuration
    (kind, cores) = run.alikeCores(row.configuration.placement)
    (kinds, allCores) = (run.kinds, run.cores)
    let half = most.configuration.workers / 2
    let fewer = (series + [reference].compactMap(\.self)).filter { $0.configuration.workers <= half }
    last = fewer.max { $0.configuration.workers < $1.configuration.workers }.flatMap { Step($0, most) }
    let scaling = workload.scalings.first { $0.configuration.isSameSeries(as: row.configuration) }
    outlook = scaling.flatMap { Outlook($0.fit) }
    if last == nil, outlook == nil { return nil }
  }
}

extension WorkloadAnalysis {
  /// Returns the growth of each command, in the order of the rows.
  func commandGrowths(of run: MeasuredRun) -> [CoreGrowth] {
    var seen: [Configuration] = []
    return rows.compactMap { row in
      if seen.contains(where: { $0.isSameSeries(as: row.configuration) }) { return nil }
      seen.append(row.configuration)
      return CoreGrowth(of: row, in: self, of: run)
    }
  }
}

extension CoreGrowth.Step {
  fileprivate init?(_ fewer: ConfigurationAnalysis, _ more: ConfigurationAnalysis) {
    let ratios = Array(more.measured.speedups(over: fewer.measured).values)
    guard let factor = median(ratios) else { return nil }
    (from, to) = (fewer.configuration.workers, more.configuration.workers)
    self.factor = factor
    interval = MedianInterval(ratios)?.interval
  }
}

extension CoreGrowth.Outlook {
  /// The outlook by the law that is shown to fit best; by all of them if the data cannot tell.
  fileprivate init?(_ fit: ScalingFit) {
    let fits = fit.closest.map { [$0] } ?? fit.laws.compactMap { try? $0.get() }
    let growths = fits.compactMap { fit in fit.doubling.map { (law: fit.law, growth: $0) } }
    let bounds = growths.flatMap { [$0.growth.interval.lower, $0.growth.interval.upper] }
    if let least = bounds.min(), let most = bounds.max(), let interval = Interval(least, most) {
      let factor = growths.count == 1 ? growths[0].growth.factor : nil
      self = .extrapolated(factor: factor, interval, by: growths.map(\.law))
      return
    }
    let fewest = ScalingLaw.allCases.map(\.fewestCounts).min() ?? 0
    if fit.points.count < fewest {
      self = .tooFewCounts(needed: fewest, found: fit.points.count)
      return
    }
    let errors = fit.laws.compactMap { law -> LawFitError? in
      if case .failure(let error) = law { error } else { nil }
    }
    guard let error = errors.first else { return nil }
    self = .noLaw(error)
  }
}

extension Configuration {
  /// Returns whether it differs from another only in the number of workers and in N.
  public func isSameSeries(as other: Configuration) -> Bool {
    var (one, two) = (self, other)
    (one.workers, two.workers) = (0, 0)
    if one.upTo != nil, two.upTo != nil { (one.upTo, two.upTo) = (0, 0) }
    return one == two
  }
}

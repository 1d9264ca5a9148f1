import Records
import Statistics

/// The capacities of services, compared with each other and with scaling laws.
public struct CapacityAnalysis: Equatable, Sendable {
  /// A service and the statistics of its bracket. What needs both ends of a bracket is `nil` if one is unknown.
  public struct Row: Equatable, Sendable {
    /// The service.
    public let service: CapacityRecord.Service
    /// The greatest rate that met the objective / that of the baseline.
    public let speedup: Double?
    /// The speedup / the number of workers.
    public var efficiency: Double? { speedup.map { $0 / Double(max(1, service.workers)) } }
    /// The median of the cores that the server kept busy in the tries of the greatest rate that met the objective.
    public let serverCores: Double?
    /// The median of the cores that the load generator kept busy in these tries.
    public let generatorCores: Double?
    /// Whether there are more workers than effective CPUs.
    public let isOversubscribed: Bool

    fileprivate init(_ service: CapacityRecord.Service, over baseline: Double?, effectiveCPUs: Int) {
      let atLow = service.tries.filter { $0.rate == service.low && $0.outcome == .met }
      self.service = service
      speedup = service.bracket.flatMap { bracket in baseline.map { bracket.lowerBound / $0 } }
      serverCores = median(atLow.map(\.serverCores))
      generatorCores = median(atLow.map(\.generatorCores))
      isOversubscribed = service.workers > effectiveCPUs
    }
  }

  /// The service with the greatest capacity.
  public struct Leader: Equatable, Sendable {
    /// The service.
    public let service: CapacityRecord.Service
    /// The services whose brackets overlap with its own.
    public let tied: [CapacityRecord.Service]
  }

  /// The laws of a model, fitted to the middles of the brackets. Oversubscribed services are left out, because the laws are
  /// about cores.
  public struct Scaling: Equatable, Sendable {
    /// The concurrency model.
    public let model: String
    /// The laws.
    public let fit: ScalingFit
  }

  /// The services that did not fail, in the order of the record.
  public let rows: [Row]
  /// Whether speedups are over `single`; otherwise, they are over one worker of the same model.
  public let isOverSingle: Bool
  /// The service with the greatest capacity, of those whose bracket is known; `nil` if there is none.
  public let leader: Leader?
  /// The services whose capacity has no known upper end, so that they are not ranked.
  public let unranked: [CapacityRecord.Service]
  /// The models that were measured with several numbers of workers.
  public let scalings: [Scaling]
  /// The number of tries.
  public let tries: Int
  /// The number of tries that other programs disturbed.
  public let disturbedTries: Int
  /// The part of the machine's time that the hypervisor gave to other guests during the tries; `nil` if that was not recorded.
  public let stolenShare: Double?

  /// Analyses a record.
  public init(_ record: CapacityRecord) {
    let services = record.services.filter { $0.failure == nil && !$0.tries.isEmpty }
    let cpus = record.passport.effectiveCPUs
    let single = Self.baseline("single", services)
    isOverSingle = single != nil
    rows = services.map { service in
      Row(
        service, over: (single ?? Self.baseline(service.model, services))?.lowerBound, effectiveCPUs: cpus)
    }
    leader = Leader(services)
    unranked = services.filter { $0.bracket == nil && $0.low != nil }
    scalings = Self.scalings(
      rows.filter { !$0.isOversubscribed }.map(\.service), single: single?.middle, cores: cpus)
    let tries = record.services.flatMap(\.tries)
    self.tries = tries.count
    disturbedTries = tries.count { $0.disturbed == true }
    let stolen = tries.compactMap(\.stolenCores)
    stolenShare =
      stolen.isEmpty
      ? nil : stolen.reduce(0, +) / Double(stolen.count) / Double(max(1, record.passport.onlineCPUs))
  }

  /// Returns the bracket of one worker of a model; `nil` if it is unknown.
  private static func baseline(
    _ model: String, _ services: [CapacityRecord.Service]
  ) -> ClosedRange<Double>? {
    services.lazy.filter { $0.model == model && $0.workers == 1 }.compactMap(\.bracket).first
  }

  private static func scalings(
    _ services: [CapacityRecord.Service], single: Double?, cores: Int
  ) -> [Scaling] {
    var models: [String] = []
    for service in services where !models.contains(service.model) { models.append(service.model) }
    return models.compactMap { model in
      let own = services.filter { $0.model == model && $0.bracket != nil }
      if own.count < 2 { return nil }
      // The median of the two ends is the middle, and the ends are what may differ by chance.
      let samples = own.flatMap { service in
        [service.low, service.high].compactMap(\.self).map {
          ScalingSample(workers: Double(service.workers), throughput: $0)
        }
      }
      return Scaling(
        model: model, fit: ScalingFit(samples, single: single, cores: Double(max(1, cores))))
    }
  }
}

extension CapacityAnalysis.Leader {
  /// Finds the service with the greatest rate that met the objective, of those whose bracket is known.
  fileprivate init?(_ services: [CapacityRecord.Service]) {
    let known = services.filter { $0.bracket != nil }
    guard let position = known.indices.max(by: { known[$0].lowest < known[$1].lowest }) else { return nil }
    service = known[position]
    let low = service.lowest
    tied = known.indices.filter { $0 != position && known[$0].bracket?.upperBound ?? 0 > low }.map {
      known[$0]
    }
  }
}

extension CapacityRecord.Service {
  /// The bracket of the capacity; `nil` if an end of it is unknown or if the load generator ended the search.
  public var bracket: ClosedRange<Double>? {
    guard !isBoundByGenerator, let low, let high, low <= high else { return nil }
    return low...high
  }

  /// The lower end of the bracket.
  fileprivate var lowest: Double { bracket?.lowerBound ?? 0 }
}

extension ClosedRange<Double> {
  /// The middle.
  fileprivate var middle: Double { (lowerBound + upperBound) / 2 }
}

extension CapacityRecord {
  /// Returns the record with the speedups and the fitted laws.
  public func summarised() -> CapacityRecord {
    let analysis = CapacityAnalysis(self)
    var record = self
    record.speedups = analysis.rows.map {
      Speedup(
        model: $0.service.model, workers: $0.service.workers, speedup: $0.speedup, efficiency: $0.efficiency)
    }
    record.fits = analysis.scalings.map { FitRecord($0.fit, group: ["model": $0.model]) }
    return record
  }
}

import Formatting
import Records
import Statistics

/// A record that lacks the measurement which a plan needs: the reason as a predicate of the file's name, with the remedy.
public struct MissingDemand: Error, Equatable, Sendable {
  /// The reason.
  public let description: String
}

extension PlannedSize {
  /// Makes the size of the machine of a run: the CPU time per request of a server, and its interval.
  ///
  /// - Parameters:
  ///   - model: The model of the server (default: that with the least CPU time per request).
  /// - Throws: `MissingDemand`.
  public init(_ run: RunRecord, name: String, model: String?) throws(MissingDemand) {
    let services = RunAnalysis(run).workloads.filter { $0.traffic != nil }.flatMap(\.rows)
    let rows = services.filter { model == nil || $0.configuration.model == model }
    guard let row = rows.filter({ $0.region.median > 0 }).min(by: { $0.region.median < $1.region.median })
    else {
      throw MissingDemand(
        services.map(\.configuration.model), model, remedy: "scaleup run --workload serve --rate 1000")
    }
    let interval = row.timeInterval?.interval
    self.init(
      name: name, cores: max(1, run.passport.effectiveCPUs),
      demand: .init(row.region.median, lower: interval?.lower, upper: interval?.upper),
      demandSource: Self.source(row.configuration.model, row.configuration.workers, run.host))
  }

  /// Makes the size of the machine of a capacity record: the CPU time per request at the rates that met the objective, the capacity of
  /// the machine, and the scaling law of its cores if that was fitted.
  ///
  /// - Parameter model: The model of the server (default: that with the greatest capacity).
  /// - Throws: `MissingDemand`.
  public init(_ record: CapacityRecord, name: String, model: String?) throws(MissingDemand) {
    let services = record.services.filter { model == nil || $0.model == model }
    let known = services.filter { $0.low != nil && !Self.demands($0).isEmpty }
    guard let service = known.max(by: { $0.low ?? 0 < $1.low ?? 0 }), let low = service.low else {
      throw MissingDemand(record.services.map(\.model), model, remedy: "scaleup capacity")
    }
    let demands = Self.demands(service)
    let interval = MedianInterval(demands)?.interval
    self.init(
      name: name, cores: max(1, record.passport.effectiveCPUs),
      demand: .init(median(demands) ?? 0, lower: interval?.lower, upper: interval?.upper),
      demandSource: Self.source(service.model, service.workers, record.host))
    capacity = (low...max(low, service.high ?? low), record.objective)
    let fit = CapacityAnalysis(record).scalings.first { $0.model == service.model }?.fit.fit(of: .usl)
    if let alpha = fit?.value(of: .alpha), let beta = fit?.value(of: .beta) {
      law = .init(alpha: alpha, beta: beta, isMeasured: true)
    }
  }

  /// Returns the CPU time per request in nanoseconds of each try that met the objective.
  private static func demands(_ service: CapacityRecord.Service) -> [Double] {
    service.tries.filter { $0.outcome == .met && $0.achievedRate > 0 && $0.serverCores > 0 }.map {
      $0.serverCores / $0.achievedRate * 1e9
    }
  }

  private static func source(_ model: String, _ workers: Int, _ host: String) -> String {
    "measured: \(model) with \(Readable.count(workers, "worker")) on \(host)"
  }
}

extension MissingDemand {
  /// Makes the reason that no server was measured, or none of a model.
  fileprivate init(_ models: [String], _ model: String?, remedy: String) {
    let known = Set(models).sorted()
    if let model, !known.isEmpty {
      description = "has no server '\(model)' (expected one of \(known.joined(separator: ", ")))"
    } else {
      description = "has no measured CPU time per request (measure it with \(remedy))"
    }
  }
}

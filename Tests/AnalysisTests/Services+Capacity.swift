import Records

/// A service whose capacity lies between two rates, after a try of each.
///
/// - Parameters:
///   - high: The upper end; `nil` if the load generator ended the search.
func capacity(_ model: String, _ workers: Int, _ low: Double?, _ high: Double?) -> CapacityRecord.Service {
  var service = CapacityRecord.Service(model: model, workers: workers)
  func attempt(_ rate: Double, _ outcome: CapacityRecord.Outcome) -> CapacityRecord.Try {
    .init(
      rate: rate, outcome: outcome, latency: 1_000_000, achievedRate: rate, serverCores: rate / 1000,
      generatorCores: 0.5)
  }
  if let low { service.tries.append(attempt(low, .met)) }
  if let high {
    service.tries.append(attempt(high, .missed))
  } else {
    service.tries.append(attempt(2 * (low ?? 1), .generator))
  }
  (service.low, service.high, service.confirmed) = (low, high, high != nil)
  return service
}

/// A record of services on 4 CPUs.
func capacities(_ services: [CapacityRecord.Service]) -> CapacityRecord {
  var record = CapacityRecord(
    host: "h", startedAt: "2026-01-02T03:04:05Z",
    passport: Passport(
      architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3"),
    objective: .init(percentile: 99, time: 20_000_000), path: "/", connections: 32, duration: 1_000_000_000)
  record.services = services
  return record
}

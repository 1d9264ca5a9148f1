import Records

/// The outcome of a fleet in numbers, from its record.
public struct FleetOutcome: Sendable {
  /// The requests that clients sent, as the front counted them; `nil` if it never answered and there was no built-in traffic.
  public let requests: UInt64?
  /// The requests that no instance answered.
  public let failed: UInt64
  /// The latency of the built-in traffic at the percentile of the objective, in nanoseconds; `nil` without it, and with a queue,
  /// which answers before a job is done.
  public let latency: UInt64?
  /// The failed requests, and all requests that they are a part of: those that the front counted, or those of the built-in traffic if
  /// it lost a greater part, such as requests that never reached the front. Both are 0 if nothing was counted.
  public let lost: (failed: UInt64, requests: UInt64)
  /// The answered requests of the built-in traffic whose latency is over the objective.
  public let late: UInt64
  /// Whether the objective is missed because requests failed: the failed and the late ones together are a greater part of all
  /// requests than it permits. Always false with a queue, whose latencies are unknown.
  public let isMissedByFailures: Bool
  /// The samples with a latency, and those of them whose latency met the objective.
  public let samples: (all: Int, met: Int)
  /// The least and the greatest number of instances in service since the first one; `nil` if there was none.
  public let inService: ClosedRange<Int>?
  /// The seconds of all instances from launch to end, together.
  public let instanceSeconds: Double
  /// The decisions that raised the desired instances.
  public let scaleOuts: Int
  /// The decisions that lowered them.
  public let scaleIns: Int
  /// The instances that failed and were replaced.
  public let replaced: Int
  /// The instances that new versions replaced.
  public let updated: Int
  /// The seconds from each decision to scale out until an instance that it launched was in service, in ascending order.
  public let delays: [Double]
  /// The CPU time of the front per request in nanoseconds; `nil` if unknown.
  public let frontTime: Double?
  /// The CPU time of the instances per request or job that they answered, in nanoseconds; `nil` if unknown.
  public let instanceTime: Double?

  /// Computes the outcome of a fleet.
  public init(_ record: FleetRecord) {
    requests = record.front?.requests ?? record.load?.sent
    failed = record.front?.failed ?? record.load?.errors.total ?? 0
    let hasQueue = record.front?.jobs != nil
    latency = hasQueue ? nil : record.load?.latency.time(atPercentile: record.settings.objective.percentile)
    lost = Self.lost(record)
    late = hasQueue ? 0 : record.load?.latency.count(above: record.settings.objective.time) ?? 0
    let (failedPart, latePart) = (
      part(lost.failed, of: lost.requests), part(late, of: record.load?.latency.count ?? 0)
    )
    // A little more is allowed for rounding.
    let permitted = (1 - record.settings.objective.percentile / 100) * (1 + 1e-9)
    isMissedByFailures =
      !hasQueue && lost.failed > 0 && failedPart + (1 - failedPart) * latePart > permitted
    let latencies = record.points.compactMap(\.latency)
    samples = (latencies.count, latencies.count { $0 <= record.settings.objective.time })
    let serving = record.points.drop { $0.inService == 0 }.map(\.inService)
    inService = serving.min().flatMap { least in serving.max().map { least...$0 } }
    instanceSeconds = record.instances.reduce(0) { sum, instance in
      sum + max(0, Double(instance.ended ?? record.duration) - Double(instance.launched)) / 1e9
    }
    scaleOuts = record.decisions.count { $0.desired > $0.sample.current }
    scaleIns = record.decisions.count { $0.desired < $0.sample.current }
    replaced = record.events.count { $0.kind == .replaced }
    updated = record.events.count { $0.kind == .updated }
    delays = Self.delays(record).sorted()
    frontTime = record.front.flatMap { front in
      front.cpuTime.flatMap { front.requests > 0 ? Double($0) / Double(front.requests) : nil }
    }
    let measured = record.instances.filter { $0.cpuTime != nil }
    let answers = measured.reduce(0) { $0 + Double($1.answered) }
    let time = measured.reduce(0) { $0 + Double($1.cpuTime ?? 0) }
    instanceTime = answers > 0 ? time / answers : nil
  }

  private static func lost(_ record: FleetRecord) -> (failed: UInt64, requests: UInt64) {
    let front = (failed: record.front?.failed ?? 0, requests: record.front?.requests ?? 0)
    guard let load = record.load else { return front }
    let traffic = (failed: load.errors.total, requests: load.answered + load.errors.total)
    return part(traffic.failed, of: traffic.requests) > part(front.failed, of: front.requests)
      ? traffic : front
  }

  /// Returns how late the instances of each decision to scale out came. The instances of a decision are the first ones that
  /// were launched after it and before the next that changed the group.
  private static func delays(_ record: FleetRecord) -> [Double] {
    let changes = record.decisions.filter { $0.desired != $0.sample.current }
    var rest = record.instances[...]
    return changes.indices.flatMap { position -> [Double] in
      let (start, count) = (
        record.wallSeconds(of: changes[position]),
        changes[position].desired - changes[position].sample.current
      )
      let end =
        position + 1 < changes.count ? record.wallSeconds(of: changes[position + 1]) : Double.infinity
      // A launch follows its decision at once; the sample's time may be rounded up by a little.
      rest = rest.drop { Double($0.launched) / 1e9 < start - 0.001 }
      let launched = rest.prefix(max(0, count)).prefix { Double($0.launched) / 1e9 < end - 0.001 }
      rest = rest.dropFirst(launched.count)
      return launched.compactMap { instance in
        instance.inService.map { max(0, Double($0) / 1e9 - start) }
      }
    }
  }
}

private func part(_ count: UInt64, of all: UInt64) -> Double {
  all > 0 ? min(1, Double(count) / Double(all)) : 0
}

import Fleet
import Records

/// The record of a fleet that runs. Its size is bounded, however long the fleet runs.
struct FleetRecorder {
  /// The most points. When there are so many, every second one is dropped, and the period of new ones doubles.
  private static let mostPoints = 10_000
  /// The most decisions and events: later ones are left out.
  private static let (mostDecisions, mostEvents) = (10_000, 20_000)

  /// A moment's counters.
  struct Sample {
    let status: FrontStatus
    /// The CPU time of each instance in nanoseconds, by its name.
    let cpuTimes: [String: UInt64]
  }

  private(set) var record: FleetRecord
  private var positions: [String: Int] = [:]
  /// The time that instances had run when the clock began, by their name.
  private var earlier: [String: UInt64] = [:]
  private var period: UInt64 = 1_000_000_000
  private var last: (time: UInt64, sample: Sample)?
  private var latencies = LatencyHistogram()

  init(_ record: FleetRecord) { self.record = record }

  /// Adds events, and updates the instances that they are about.
  mutating func add(_ events: [FleetRecord.Event]) {
    for event in events {
      if record.events.count < Self.mostEvents { record.events.append(event) }
      guard let name = event.instance else { continue }
      if event.kind == .launched {
        positions[name] = record.instances.count
        record.instances.append(.init(name: name, template: 1, launched: event.time))
      }
      guard let position = positions[name] else { continue }
      switch event.kind {
      case .inService:
        let launched = record.instances[position].launched
        record.instances[position].inService = event.time
        record.instances[position].startDelay =
          event.time - min(launched, event.time) + earlier[name, default: 0]
      case .ended, .died:
        (record.instances[position].ended, record.instances[position].reason) = (event.time, event.detail)
      default: break
      }
    }
  }

  /// Notes the version of the launch template of an instance.
  mutating func note(template: Int, of name: String) {
    if let position = positions[name] { record.instances[position].template = template }
  }

  /// Notes the CPU time of an instance.
  mutating func note(cpuTime: UInt64, of name: String) {
    if let position = positions[name] { record.instances[position].cpuTime = cpuTime }
  }

  mutating func add(_ decision: FleetRecord.Decision) {
    if record.decisions.count < Self.mostDecisions { record.decisions.append(decision) }
  }

  /// Lets the clock begin anew.
  ///
  /// - Parameter time: The time that becomes 0.
  mutating func begin(_ sample: Sample, at time: UInt64, startedAt: String) {
    record.startedAt = startedAt
    for index in record.events.indices { record.events[index].time = 0 }
    for index in record.instances.indices {
      earlier[record.instances[index].name] = time - min(record.instances[index].launched, time)
      record.instances[index].launched = 0
      record.instances[index].inService = record.instances[index].inService.map { _ in 0 }
      record.instances[index].ended = record.instances[index].ended.map { _ in 0 }
    }
    (last, latencies) = ((0, sample), LatencyHistogram())
  }

  /// Adds a sample, and a point if the period of one is over.
  mutating func add(_ sample: Sample, _ group: FleetGroup, share: Double, at now: UInt64) {
    for target in sample.status.targets {
      guard let position = positions[target.name] else { continue }
      record.instances[position].answered = target.answered
      record.instances[position].failed = target.failed
    }
    for (name, time) in sample.cpuTimes { note(cpuTime: time, of: name) }
    if let latency = sample.status.latency { try? latencies.merge(latency) }
    record.duration = now
    var front = sample.status
    front.latency = nil
    record.front = front
    guard let last, now / period > last.time / period else { return }
    record.points.append(point(sample, since: last, group, share: share, at: now))
    (self.last, latencies) = ((now, sample), LatencyHistogram())
    if record.points.count < Self.mostPoints { return }
    record.points = record.points.indices.filter { $0 % 2 == 1 }.map { record.points[$0] }
    period *= 2
  }

  /// Changes the record at the end.
  mutating func finish(_ change: (inout FleetRecord) -> Void) { change(&record) }

  private func point(
    _ sample: Sample, since last: (time: UInt64, sample: Sample), _ group: FleetGroup, share: Double,
    at now: UInt64
  ) -> FleetRecord.Point {
    let seconds = Double(now - last.time) / 1e9
    func more(_ value: UInt64, than before: UInt64) -> UInt64 { value - min(value, before) }
    let used = group.instances.filter { $0.state == .inService }.compactMap { instance -> Double? in
      guard let time = sample.cpuTimes[instance.name], let before = last.sample.cpuTimes[instance.name],
        let since = instance.inServiceSince, since <= last.time
      else { return nil }
      return Double(more(time, than: before)) / 1e9 / (share * seconds)
    }
    return FleetRecord.Point(
      time: now, rate: Double(more(sample.status.requests, than: last.sample.status.requests)) / seconds,
      failed: more(sample.status.failed, than: last.sample.status.failed),
      latency: latencies.time(atPercentile: record.settings.objective.percentile), desired: group.desired,
      inService: group.count(.inService), starting: group.count(.starting), draining: group.count(.draining),
      unhealthy: group.count(.unhealthy),
      utilization: used.isEmpty ? nil : min(1, used.reduce(0, +) / Double(used.count)),
      jobs: sample.status.jobs)
  }
}

import Records
import TestSupport

/// A fleet that never ran: a record made by a small model of a group, the same at every run.
///
/// An instance has a tenth of a core and answers 100 requests per second; the rates rise and fall. The policy wants a utilization of
/// 60 % every second. New instances take 3 s. One is killed, and replaced.
struct MadeFleet {
  private(set) var record: FleetRecord
  private var noise = SplitMix64(seed: 21)
  private var calm = 0
  private let seconds: Int

  private static let rates = [50.0, 50, 100, 210, 320, 320, 210, 100, 50, 50]

  /// Makes a fleet of so many seconds.
  init(seconds: Int = 150) {
    self.seconds = seconds
    var settings = FleetRecord.Settings(
      model: "threads", workers: 1, share: 0.1, usesControlGroup: false, policy: "target-tracking",
      policyFile: #"{"kind":"target-tracking","metric":"utilization","target":60}"#, min: 1, desired: 1,
      max: 8,
      timeScale: 60, startUp: 3_000_000_000, grace: 5_000_000_000, drain: 2_000_000_000,
      checkInterval: 500_000_000, checkTimeout: 200_000_000, rise: 2, fall: 2, front: "built-in",
      balancing: "least-outstanding", objective: LatencyObjective(percentile: 95, time: 100_000_000), seed: 1)
    (settings.path, settings.traffic) = ("/api/100000", "steps")
    (settings.rates, settings.rateInterval) = (Self.rates, 15_000_000_000)
    record = FleetRecord(host: "made", startedAt: "2026-11-28T00:36:21Z", settings: settings)
    launch(at: 0, "desired 1 at the start")
    for second in 1...seconds { advance(to: second) }
    record.duration = UInt64(seconds) * 1_000_000_000
    finish()
  }

  private var inService: [Int] {
    record.instances.indices.filter { record.instances[$0].inService != nil && !isLeaving($0) }
  }
  private var alive: [Int] { record.instances.indices.filter { !isLeaving($0) } }

  private func isLeaving(_ index: Int) -> Bool {
    record.instances[index].ended != nil || record.instances[index].reason != nil
  }

  private mutating func event(_ second: Int, _ kind: FleetRecord.Event.Kind, _ index: Int?, _ detail: String)
  {
    record.events.append(
      .init(
        time: UInt64(second) * 1_000_000_000, kind: kind, instance: index.map { record.instances[$0].name },
        detail: detail))
  }

  private mutating func launch(at second: Int, _ detail: String) {
    record.instances.append(
      .init(name: "i-\(record.instances.count + 1)", template: 1, launched: UInt64(second) * 1_000_000_000))
    event(second, .launched, record.instances.count - 1, detail)
  }

  private mutating func advance(to second: Int) {
    let now = UInt64(second) * 1_000_000_000
    for index in record.instances.indices where record.instances[index].ended == nil {
      if record.instances[index].reason != nil {
        record.instances[index].ended = now
        event(second, .ended, index, "nothing in hand")
      } else if record.instances[index].inService == nil,
        now >= record.instances[index].launched + 3_400_000_000
      {
        record.instances[index].inService = now - 100_000_000
        event(second, .inService, index, "2 good checks")
      }
    }
    var failed: UInt64 = 0
    if second == 52 {
      failed = 3
      (record.instances[1].reason, record.instances[1].ended) = ("killed by SIGKILL", now)
      record.instances[1].failed = 3
      event(second, .killed, 1, "--kill-every 52s")
      event(second, .died, 1, "killed by SIGKILL, 3 requests in hand")
      launch(at: second, "replaces i-2")
      event(second, .replaced, record.instances.count - 1, "i-2, killed by SIGKILL")
    }
    serve(second, failed: failed)
  }

  /// Spreads the requests of a second over the instances, and decides.
  private mutating func serve(_ second: Int, failed: UInt64) {
    let asked = second <= 4 ? 0 : Self.rates[min((second - 5) / 15, Self.rates.count - 1)]
    let rate = (asked * noise.normal(1, 0.04)).rounded()
    let serving = inService
    let busy = serving.isEmpty ? nil : rate / 100 / Double(serving.count)
    for index in serving {
      let part = min(100, rate / Double(serving.count))
      record.instances[index].answered += UInt64(part)
      record.instances[index].cpuTime = record.instances[index].answered * 1_000_000
    }
    let utilization = busy.map { min(1, $0) }
    let latency = busy.map { $0 >= 1 ? 400e6 : min(400e6, 8e6 / (1 - $0)) }
    let desired = decide(second, utilization: utilization, rate: rate, serving)
    let states = record.instances.indices.filter { record.instances[$0].ended == nil }
    record.points.append(
      .init(
        time: UInt64(second) * 1_000_000_000, rate: rate, failed: failed,
        latency: rate == 0 ? nil : latency.map { UInt64($0 * noise.normal(1, 0.05)) }, desired: desired,
        inService: inService.count,
        starting: states.count { !isLeaving($0) && record.instances[$0].inService == nil },
        draining: states.count { isLeaving($0) }, unhealthy: 0, utilization: utilization))
  }

  private mutating func decide(_ second: Int, utilization: Double?, rate: Double, _ serving: [Int]) -> Int {
    let (current, percent) = (alive.count, utilization.map { 100 * $0 })
    let isStarting = serving.count < current
    let needed = percent.map { Int((Double(serving.count) * $0 / 60).rounded(.up)) } ?? current
    calm = (percent ?? 100) < 48 && !isStarting ? calm + 1 : 0
    let wanted = isStarting ? max(current, needed) : needed
    let desired = wanted < current ? (calm >= 5 ? max(1, current - 1) : current) : min(8, wanted)
    let sample = GroupSample(
      time: Double(60 * second), current: current, warming: current - serving.count, utilization: percent,
      requestsPerInstance: serving.isEmpty ? nil : rate / Double(serving.count),
      instances: record.instances.filter { $0.ended == nil }.map { instance in
        GroupSample.Instance(
          name: instance.name, usedCores: instance.inService == nil ? nil : utilization.map { 0.1 * $0 },
          cores: 0.1,
          isReady: instance.inService != nil, isDraining: instance.reason != nil,
          launched: Double(instance.launched) / 1e9 * 60, changed: Double(instance.inService ?? 0) / 1e9 * 60)
      })
    let shown = percent.map { "\(Int($0.rounded())) %" } ?? "unknown"
    record.decisions.append(
      .init(
        sample: sample, desired: desired, wanted: wanted,
        limitedBy: desired == wanted ? nil : wanted > 8 ? "max" : "cooldown",
        reason: "utilization \(shown) for a target of 60 %: \(serving.count) × \(shown) / 60 % = \(wanted)"))
    if desired != current { event(second, .resized, nil, "\(current) → \(desired)") }
    for _ in current..<max(current, desired) { launch(at: second, "desired \(desired)") }
    for _ in min(current, desired)..<current {
      guard let index = alive.last else { break }
      record.instances[index].reason = "scaled in"
      event(second, .draining, index, "desired \(desired)")
      calm = 0
    }
    return desired
  }

  /// Adds what the front and the traffic counted.
  private mutating func finish() {
    let answered = record.instances.reduce(0) { $0 + $1.answered }
    record.front = FrontStatus(
      time: record.duration, requests: answered + 3, answered: answered, failed: 3,
      cpuTime: (answered + 3) * 21_400, targets: targets(answered: \.answered))
    var load = LoadRecord(
      url: "http://127.0.0.1:8080/api/100000", connections: 32, duration: max(1, record.duration), warmUp: 0)
    (load.sent, load.answered) = (answered + 3, answered)
    for point in record.points {
      if let latency = point.latency { load.latency.record(latency, times: UInt64(point.rate)) }
    }
    load.errors[.badStatus] = 3
    record.load = load
  }

  private func targets(answered: (FleetRecord.Instance) -> UInt64) -> [FrontStatus.Target] {
    record.instances.filter { $0.ended == nil }.map { instance in
      let state: FrontStatus.State =
        instance.reason != nil ? .draining : instance.inService == nil ? .starting : .healthy
      return FrontStatus.Target(
        name: instance.name, state: state, since: instance.launched, inFlight: state == .starting ? 0 : 3,
        answered: answered(instance))
    }
  }

  /// The status of the front at the end, and the one a second before it.
  var statuses: (last: FrontStatus, before: FrontStatus) {
    let rate = (record.points.last?.rate ?? 0) / Double(max(1, inService.count))
    var before = FrontStatus(time: record.duration - 1_000_000_000)
    before.targets = targets { $0.answered - min($0.answered, UInt64(rate)) }
    return (record.front ?? before, before)
  }

  /// The simulation of its traffic, as far as a curve goes: the instances are there 1 s earlier.
  var simulated: SimulationRecord.Policy {
    var policy = SimulationRecord.Policy(name: "target-tracking")
    policy.timeline = record.points.enumerated().map { position, point in
      let later = record.points[min(position + 2, record.points.count - 1)]
      return SimulationRecord.Point(
        time: Double(point.time) / 1e9 * 60, rate: point.rate / 60, desired: point.desired,
        inService: later.inService, starting: later.starting, draining: 0,
        utilization: point.utilization.map { 0.97 * $0 }, response: nil, queue: 0, outside: false)
    }
    return policy
  }
}

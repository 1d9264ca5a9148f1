import Records
import Testing

struct FleetRecordTests {
  /// A fleet with an entry of every kind.
  private var record: FleetRecord {
    var settings = FleetRecord.Settings(
      model: "threads", workers: 1, share: 0.1, usesControlGroup: false, policy: "p", policyFile: "{}",
      min: 1,
      desired: 2, max: 8, timeScale: 60, startUp: 1, grace: 2, drain: 3, checkInterval: 4, checkTimeout: 5,
      rise: 2, fall: 2, front: "built-in", balancing: "round-robin",
      objective: .init(percentile: 95, time: 200_000_000), seed: 1)
    (settings.rates, settings.rateInterval, settings.traffic, settings.path) = ([5], 6, "flat", "/")
    var record = FleetRecord(host: "h", startedAt: "2026-01-02T03:04:05Z", settings: settings)
    let jobs = FrontStatus.Jobs(waiting: 1, running: 2, done: 3, redelivered: 4)
    record.points = [
      .init(
        time: 10, rate: 5, failed: 0, latency: 7, desired: 2, inService: 2, starting: 0, draining: 0,
        unhealthy: 0,
        utilization: 0.5, jobs: jobs)
    ]
    record.decisions = [
      .init(
        sample: .init(
          time: 1, current: 2, warming: 0, utilization: 50, requestsPerInstance: 2.5,
          instances: [
            .init(
              name: "i-1", usedCores: 0.05, cores: 0.1, isReady: true, isDraining: false, launched: -1,
              changed: 0)
          ]), desired: 3, wanted: 3, limitedBy: nil, reason: "r")
    ]
    record.events = [.init(time: 1, kind: .launched, instance: "i-1", detail: "d")]
    record.instances = [.init(name: "i-1", template: 1, launched: 0)]
    record.front = FrontStatus(time: 9, jobs: jobs, targets: [.init(name: "i-1", state: .healthy, since: 1)])
    record.load = LoadRecord(url: "http://h/", connections: 1, duration: 1, warmUp: 0)
    return record
  }

  @Test("a fleet is read back unchanged, and leaves out what was not measured")
  func roundTrip() throws {
    let text = try encoded(record)
    #expect(try decoded(FleetRecord.self, text) == record && record.contradiction == nil)
    #expect(text.hasSuffix(#""version":"\#(suiteVersion)"}"#) && !text.contains("interrupted"))
    #expect(FleetRecord.schema.description == "scaleup.fleet/1")
  }

  @Test("values out of bounds are named")
  func bounds() {
    let changes: [(String, (inout FleetRecord) -> Void)] = [
      ("'startedAt': 'now'", { $0.startedAt = "now" }),
      ("'duration': \(UInt64.max)", { $0.duration = .max }),
      ("'settings.share': 0.0", { $0.settings.share = 0 }),
      ("'settings.timeScale': 0.0", { $0.settings.timeScale = 0 }),
      ("'settings.min': 1000000", { $0.settings.min = 1_000_000 }),
      ("'settings.desired': 201", { $0.settings.desired = 201 }),
      ("'settings.max': -1", { $0.settings.max = -1 }),
      ("'settings.rise': 0", { $0.settings.rise = 0 }),
      ("'settings.fall': 0", { $0.settings.fall = 0 }),
      ("'settings.checkInterval': 0", { $0.settings.checkInterval = 0 }),
      ("'settings.checkTimeout': 0", { $0.settings.checkTimeout = 0 }),
      ("'settings.rateInterval': 0", { $0.settings.rateInterval = 0 }),
      (
        "'settings.policyFile': 2000000",
        { $0.settings.policyFile = String(repeating: " ", count: 2_000_000) }
      ),
      ("'settings.rates.0': -1.0", { $0.settings.rates = [-1] }),
      ("'settings.objective.percentile': 101.0", { $0.settings.objective.percentile = 101 }),
      ("'points.0.time': \(UInt64.max)", { $0.points[0].time = .max }),
      (
        "'points.1.time': 9",
        {
          $0.points.append($0.points[0]); $0.points[1].time = 9
        }
      ),
      ("'points.0.rate': -1.0", { $0.points[0].rate = -1 }),
      ("'points.0.inService': -1", { $0.points[0].inService = -1 }),
      ("'points.0.utilization': -1.0", { $0.points[0].utilization = -1 }),
      ("'points.0.jobs.waiting': -1", { $0.points[0].jobs?.waiting = -1 }),
      ("'points.0.jobs.failed': -1", { $0.points[0].jobs?.failed = -1 }),
      ("'decisions.0.sample.time': -1.0", { $0.decisions[0].sample.time = -1 }),
      ("'decisions.0.sample.instances.0.cores': -1.0", { $0.decisions[0].sample.instances[0].cores = -1 }),
      ("'decisions.0.desired': -1", { $0.decisions[0].desired = -1 }),
      ("'decisions.0.wanted': -1", { $0.decisions[0].wanted = -1 }),
      ("'events.0.time': \(UInt64.max)", { $0.events[0].time = .max }),
      ("'instances.0.cpuTime': \(UInt64.max)", { $0.instances[0].cpuTime = .max }),
      ("'front.requests': \(UInt64.max)", { $0.front?.requests = .max }),
      ("'front.targets.0.inFlight': -1", { $0.front?.targets[0].inFlight = -1 }),
      ("'load.connections': 0", { $0.load?.connections = 0 }),
    ]
    for (problem, change) in changes {
      var record = record
      change(&record)
      #expect(record.contradiction == "has an invalid value at \(problem)")
    }
  }

  @Test("a group has at most 200 instances, and begins between its least and its greatest size")
  func sizes() {
    for (min, desired, max) in [(0, 0, 0), (2, 2, 2), (0, 200, 200)] {
      var record = record
      (record.settings.min, record.settings.desired, record.settings.max) = (min, desired, max)
      #expect(record.contradiction == nil)
    }
    for (min, desired, max) in [(3, 2, 8), (1, 9, 8), (8, 8, 1)] {
      var record = record
      (record.settings.min, record.settings.desired, record.settings.max) = (min, desired, max)
      #expect(
        record.contradiction
          == "has the sizes min \(min), desired \(desired) and max \(max) in 'settings' (expected min ≤ desired ≤ max)"
      )
    }
  }

  @Test("names are limited, and a load that contradicts itself makes the fleet invalid")
  func names() {
    var (long, unequal) = (record, record)
    long.events[0].detail = String(repeating: "x", count: 2000)
    #expect(long.contradiction?.hasPrefix("has an invalid value at 'events.0.detail': xxx") == true)
    unequal.load?.latency.record(5)
    #expect(unequal.contradiction == "has 1 times in 'latency' for 0 requests in 'load'")
  }
}

import Records
import TestSupport

/// Random records of fleets, within the bounds of records from files.
enum RandomFleet {
  private static let names = [
    "i-1", "i-22", "", "a\nb", "\u{1B}[31mred", "e\u{301}", String(repeating: "long", count: 30), "漢字", "<b>",
  ]

  /// Returns a record and a status of its front.
  static func next(_ random: inout SplitMix64) -> (record: FleetRecord, status: FrontStatus) {
    func name() -> String { names.randomElement(using: &random) ?? "" }
    func count() -> Int {
      Int.random(in: 0...[1, 5, 40, 1_000_000_000][Int.random(in: 0..<4, using: &random)], using: &random)
    }
    func amount() -> UInt64 {
      UInt64.random(
        in:
          0...[1, 1000, 1_000_000_000_000, 1_000_000_000_000_000_000][Int.random(in: 0..<4, using: &random)],
        using: &random)
    }
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    var record = MadeFleet(seconds: Int.random(in: 1...20, using: &random)).record
    record.settings.policy = name()
    (record.settings.min, record.settings.max) = (count(), count())
    record.settings.timeScale = [1e-6, 1, 60, 1e6][Int.random(in: 0..<4, using: &random)]
    for index in record.points.indices where Bool.random(using: &random) {
      record.points[index] = .init(
        time: record.points[index].time, rate: Double(amount()), failed: amount(), latency: maybe(amount()),
        desired: count(), inService: count(), starting: count(), draining: count(), unhealthy: count(),
        utilization: maybe(Double(count())),
        jobs: maybe(
          .init(
            waiting: count(), running: count(), done: count(), failed: maybe(count()), redelivered: count())))
    }
    for index in record.decisions.indices where Bool.random(using: &random) {
      (record.decisions[index].desired, record.decisions[index].reason) = (count(), name())
      record.decisions[index].sample.time = Double(amount())
    }
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      record.events.append(
        .init(
          time: amount(), kind: FleetRecord.Event.Kind.allCases.randomElement(using: &random) ?? .died,
          instance: maybe(name()), detail: name()))
      var instance = FleetRecord.Instance(name: name(), template: count(), launched: amount())
      (instance.inService, instance.ended, instance.reason) = (
        maybe(amount()), maybe(amount()), maybe(name())
      )
      (instance.answered, instance.failed, instance.cpuTime) = (amount(), amount(), maybe(amount()))
      record.instances.append(instance)
    }
    (record.failure, record.interrupted) = (maybe(name()), maybe(true))
    let targets = record.instances.map { instance in
      FrontStatus.Target(
        name: instance.name, state: FrontStatus.State.allCases.randomElement(using: &random) ?? .healthy,
        since: amount(), problem: maybe(name()), inFlight: count(), answered: amount(), failed: amount())
    }
    return (record, FrontStatus(time: amount(), requests: amount(), failed: amount(), targets: targets))
  }
}

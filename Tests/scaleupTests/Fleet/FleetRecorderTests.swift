import Fleet
import Records
import Testing

@testable import scaleup

@Suite struct FleetRecorderTests {
  private func recorder() -> FleetRecorder {
    FleetRecorder(
      FleetRecord(
        host: "test", startedAt: "2026-11-28T00:00:00Z",
        settings: .init(
          model: "single", workers: 1, share: 0.1, usesControlGroup: false, policy: "none", policyFile: "",
          min: 1, desired: 1, max: 2, timeScale: 60, startUp: 0, grace: 0, drain: 0, checkInterval: 1,
          checkTimeout: 1, rise: 2, fall: 2, front: "built-in", balancing: "round-robin",
          objective: LatencyObjective(percentile: 95, time: 1), seed: 1)))
  }

  /// A group with one instance in service since time 0.
  private func group() -> FleetGroup {
    var group = FleetGroup(GroupSettings(max: 2, grace: 0, drain: 0), desired: 1)
    group.step(at: 0)
    group.isListening("i-1")
    group.see([.init(name: "i-1", state: .healthy, since: 0)], at: 0)
    return group
  }

  private func sample(_ seconds: UInt64) -> FleetRecorder.Sample {
    .init(
      status: FrontStatus(
        time: 0, requests: seconds * 100,
        targets: [.init(name: "i-1", state: .healthy, since: 0, answered: seconds * 100)]),
      cpuTimes: ["i-1": seconds * 50_000_000])
  }

  @Test("a point has the rate and the utilization of its second")
  func point() throws {
    var (recorder, group) = (recorder(), group())
    recorder.add(group.takeEvents())
    recorder.begin(sample(0), at: 0, startedAt: "2026-11-28T00:00:01Z")
    recorder.add(sample(1), group, share: 0.1, at: 1_000_000_000)
    recorder.add(sample(3), group, share: 0.1, at: 2_000_000_000)
    #expect(recorder.record.points.map(\.rate) == [100, 200])
    #expect(recorder.record.points.map(\.utilization) == [0.5, 1])
    #expect(recorder.record.points.map(\.inService) == [1, 1])
    #expect(recorder.record.instances.first?.answered == 300)
    #expect(recorder.record.instances.first?.cpuTime == 150_000_000)
    #expect(recorder.record.instances.first?.inService == 0)
  }

  @Test("the start-up of the first instances is kept although the clock begins when they are in service")
  func startDelay() {
    var (recorder, group) = (recorder(), FleetGroup(GroupSettings(max: 2, grace: 0, drain: 0), desired: 2))
    group.step(at: 100)
    for name in ["i-1", "i-2"] { group.isListening(name) }
    group.see([.init(name: "i-1", state: .healthy, since: 0)], at: 1_300)
    recorder.add(group.takeEvents())
    group.begin(at: 2_000)
    recorder.begin(sample(0), at: 2_000, startedAt: "2026-11-28T00:00:01Z")
    group.see([.init(name: "i-2", state: .healthy, since: 0)], at: 500)
    recorder.add(group.takeEvents())
    #expect(recorder.record.instances.map(\.launched) == [0, 0])
    #expect(recorder.record.instances.map(\.inService) == [0, 500])
    #expect(recorder.record.instances.map(\.startDelay) == [1_200, 2_400])
  }

  @Test("the points of a fleet that runs for days are thinned out, and end with the last one")
  func thinned() {
    var (recorder, group) = (recorder(), group())
    recorder.begin(sample(0), at: 0, startedAt: "2026-11-28T00:00:01Z")
    for second in UInt64(1)...100_000 {
      recorder.add(sample(second), group, share: 0.1, at: second * 1_000_000_000)
    }
    _ = group.takeEvents()
    let times = recorder.record.points.map(\.time)
    #expect(times.count <= 10_000 && times.count > 4000)
    #expect(Set(zip(times, times.dropFirst()).map { $1 - $0 }) == [16_000_000_000])
    #expect(recorder.record.points.allSatisfy { $0.rate == 100 })
  }
}

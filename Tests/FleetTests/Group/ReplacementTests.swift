import Fleet
import Records
import Testing

@Suite struct ReplacementTests {
  @Test(
    "a rolling replacement replaces every instance and never has more than the allowed number out of service",
    arguments: [(1, 0), (0, 1), (2, 1), (3, 0), (0, 3)], 1...10)
  func rolls(_ allowed: (surge: Int, unavailable: Int), size: Int) throws {
    for seed in UInt64(1)...4 {
      let settings = GroupSettings(
        max: 10, grace: 10_000_000_000, drain: 5_000_000_000, surge: allowed.surge,
        unavailable: allowed.unavailable)
      var fleet = VirtualFleet(settings, desired: size, seed: seed)
      for _ in 0..<60 { fleet.pass() }
      try #require(fleet.group.count(.inService) == size)
      fleet.group.roll(at: fleet.now)
      var steps = 0
      while fleet.group.isReplacing, steps < 10_000 {
        fleet.pass()
        steps += 1
        #expect(fleet.group.count(.inService) >= size - settings.unavailable)
        #expect(fleet.group.live.count <= size + settings.surge)
      }
      #expect(fleet.problems == [])
      #expect(fleet.group.live.count == size)
      #expect(fleet.group.live.allSatisfy { $0.template == 2 })
      #expect(fleet.events.last { $0.instance == nil }?.kind == .rolled)
      #expect(fleet.events.count { $0.kind == .updated } == size)
      #expect(!fleet.events.contains { $0.kind == .replaced })
    }
  }

  @Test(
    "a rolling replacement ends although instances die and the size changes meanwhile",
    arguments: UInt64(1)...40)
  func rollsThroughFaults(seed: UInt64) {
    var fleet = VirtualFleet(
      GroupSettings(max: 8, grace: 4_000_000_000, drain: 5_000_000_000), desired: 4, seed: seed)
    fleet.chances = .init(death: 0.01, sickness: 0.01)
    for step in 0..<400 {
      if step % 100 == 50 { fleet.group.roll(at: fleet.now) }
      if step % 30 == 0 {
        fleet.group.resize(to: Int(fleet.number(below: 8)), because: "a test", at: fleet.now)
      }
      fleet.pass()
    }
    fleet.chances = .init()
    for _ in 0..<400 { fleet.pass() }
    #expect(fleet.problems == [])
    #expect(!fleet.group.isReplacing)
    #expect(fleet.group.live.allSatisfy { $0.template == fleet.group.template })
  }

  @Test(
    "replacing all at once empties the group, and then launches as many as before", arguments: UInt64(1)...10)
  func replacesAll(seed: UInt64) {
    var fleet = VirtualFleet(
      GroupSettings(max: 8, grace: 4_000_000_000, drain: 5_000_000_000), desired: 3, seed: seed)
    for _ in 0..<60 { fleet.pass() }
    fleet.group.replaceAll(at: fleet.now)
    #expect(fleet.group.isSuspended && fleet.group.desired == 0)
    for _ in 0..<100 { fleet.pass() }
    #expect(!fleet.group.isSuspended && fleet.group.desired == 3)
    #expect(fleet.group.count(.inService) == 3 && fleet.group.live.allSatisfy { $0.template == 2 })
    #expect(fleet.events.count { $0.kind == .updated } == 3)
    #expect(fleet.problems == [])
  }
}

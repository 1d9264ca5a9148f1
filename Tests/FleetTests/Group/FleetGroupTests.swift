import Fleet
import Records
import Testing

@Suite struct FleetGroupTests {
  private static let seeds = UInt64(1)...40

  private static let settings = GroupSettings(max: 8, grace: 4_000_000_000, drain: 5_000_000_000)

  private func kinds(_ fleet: VirtualFleet) -> [FleetRecord.Event.Kind] { fleet.events.map(\.kind) }

  @Test(
    "after every step the group has the desired number of instances, and they drain before they end",
    arguments: seeds)
  func holdsItsSize(seed: UInt64) {
    var fleet = VirtualFleet(Self.settings, desired: 3, seed: seed)
    fleet.chances = .init(death: 0.01, sickness: 0.02, neverListens: 0.02)
    for step in 0..<800 {
      if step % 20 == 0 {
        fleet.group.resize(to: Int(fleet.number(below: 12)), because: "a test", at: fleet.now)
      }
      fleet.pass()
    }
    #expect(fleet.problems == [])
    #expect(kinds(fleet).contains(.resized) && kinds(fleet).contains(.draining))
  }

  @Test("a dead instance is replaced in the step in which its death is known", arguments: seeds)
  func replacesTheDead(seed: UInt64) throws {
    var fleet = VirtualFleet(Self.settings, desired: 3, seed: seed)
    for _ in 0..<40 { fleet.pass() }
    try #require(fleet.group.count(.inService) == 3)
    let victim = fleet.group.instances[Int(fleet.number(below: 3))].name
    fleet.processes[victim] = nil
    fleet.group.ended(victim, how: "was killed by SIGKILL", at: fleet.now)
    fleet.pass()
    #expect(fleet.launches == 1)
    #expect(fleet.events.contains { $0.kind == .died && $0.instance == victim })
  }

  @Test("an unhealthy instance is replaced in the step in which it is seen, but not within its grace period")
  func replacesTheUnhealthy() throws {
    var fleet = VirtualFleet(
      GroupSettings(max: 4, grace: 20_000_000_000, drain: 5_000_000_000), desired: 2, seed: 7)
    for _ in 0..<40 { fleet.pass() }
    try #require(fleet.group.count(.inService) == 2)
    fleet.processes["i-1"]?.isUnhealthy = true
    fleet.pass()
    #expect(fleet.group.count(.unhealthy) == 1 && fleet.launches == 0)
    // They were launched in the first step.
    while fleet.now < 20_000_000_000 + VirtualFleet.step { fleet.pass() }
    #expect(fleet.launches == 1 && fleet.group.count(.draining) == 1)
    #expect(fleet.events.contains { $0.kind == .replaced && $0.instance == "i-1" })
  }

  @Test("the last words of an instance that is not in service in time are in the reason")
  func lastWords() {
    var group = FleetGroup(GroupSettings(max: 1, grace: 1, drain: 1), desired: 1)
    group.step(at: 0)
    group.hear(": no such database", of: "i-1")
    group.hear(": nobody", of: "i-9")
    group.step(at: 1)
    let replaced = group.takeEvents().first { $0.kind == .replaced }
    #expect(
      replaced?.detail == "not in service within its grace period: it does not listen: no such database")
  }

  @Test("without a grace period, an instance still has the time in which its checks may fail")
  func firstChecks() {
    var fleet = VirtualFleet(
      GroupSettings(max: 4, grace: 0, checks: 4_000_000_000, drain: 5_000_000_000), desired: 2, seed: 7)
    for _ in 0..<40 { fleet.pass() }
    #expect(fleet.group.count(.inService) == 2 && fleet.events.count { $0.kind == .launched } == 2)
  }

  @Test("an instance that fails while the group shrinks is not replaced")
  func shrinks() throws {
    var fleet = VirtualFleet(Self.settings, desired: 2, seed: 7)
    for _ in 0..<40 { fleet.pass() }
    try #require(fleet.group.count(.inService) == 2)
    fleet.processes["i-1"]?.isUnhealthy = true
    fleet.group.resize(to: 1, because: "a test", at: fleet.now)
    fleet.pass()
    #expect(fleet.group.live.map(\.name) == ["i-2"])
    #expect(!kinds(fleet).contains(.replaced))
  }

  @Test("the time in which the loop was stopped does not count against the grace period of an instance")
  func stoppedLoop() {
    var group = FleetGroup(GroupSettings(max: 1, grace: 1_000, drain: 1), desired: 1)
    group.step(at: 0)
    group.resume(after: 5_000)
    group.step(at: 5_999)
    #expect(group.count(.starting) == 1)
    group.step(at: 6_000)
    #expect(group.takeEvents().contains { $0.kind == .replaced })
  }

  @Test("an instance that starts before the clock begins is in service after its whole start-up")
  func startUp() {
    var group = FleetGroup(GroupSettings(max: 1, grace: 0, drain: 0), desired: 1)
    group.step(at: 0)
    group.isListening("i-1")
    group.begin(at: 1_500_000_000)
    group.see([.init(name: "i-1", state: .healthy, since: 0)], at: 700_000_000)
    #expect(group.takeEvents().last?.detail == "2.2 s after its launch")
  }

  @Test("an instance that passes its checks again within its grace period stays")
  func recovers() {
    var fleet = VirtualFleet(
      GroupSettings(max: 4, grace: 60_000_000_000, drain: 5_000_000_000), desired: 2, seed: 7)
    for _ in 0..<40 { fleet.pass() }
    fleet.processes["i-1"]?.isUnhealthy = true
    fleet.pass()
    fleet.processes["i-1"]?.isUnhealthy = false
    fleet.pass()
    #expect(fleet.group.count(.inService) == 2)
    #expect(kinds(fleet).suffix(2) == [.unhealthy, .recovered])
  }

  @Test("scaling in ends an instance that starts before the youngest in service")
  func scalesInTheStarting() {
    var fleet = VirtualFleet(Self.settings, desired: 2, seed: 3)
    for _ in 0..<40 { fleet.pass() }
    fleet.group.resize(to: 3, because: "a test", at: fleet.now)
    fleet.pass()
    fleet.group.resize(to: 1, because: "a test", at: fleet.now)
    fleet.pass()
    #expect(fleet.group.live.map(\.name) == ["i-1"])
    #expect(fleet.events.filter { $0.kind == .draining }.map(\.instance) == ["i-2"])
  }

  @Test("after three launches that never come into service the group stops launching, until a new version")
  func givesUp() throws {
    var fleet = VirtualFleet(Self.settings, desired: 1, seed: 5)
    fleet.chances.neverListens = 1
    for _ in 0..<200 { fleet.pass() }
    #expect(fleet.events.count { $0.kind == .launched } == GroupSettings.mostFailedLaunches)
    #expect(fleet.events.count { $0.kind == .gaveUp } == 1)
    // Nothing replaces the last one.
    #expect(fleet.events.count { $0.kind == .replaced } == GroupSettings.mostFailedLaunches - 1)
    #expect(fleet.group.hasGivenUp && fleet.group.live.isEmpty)
    // A new launch template is another try.
    fleet.chances.neverListens = 0
    fleet.group.roll(at: fleet.now)
    for _ in 0..<40 { fleet.pass() }
    #expect(fleet.group.count(.inService) == 1 && !fleet.group.hasGivenUp)
  }
}

import Fleet
import Testing

@Suite struct FaultScheduleTests {
  @Test("each kind of fault comes once in its period, to instances that are chosen once")
  func periods() {
    var schedule = FaultSchedule([.kill: 20, .freeze: 50])
    #expect(schedule.next == 20)
    var faults: [FaultSchedule.Fault] = []
    for now in UInt64(0)...100 { faults += schedule.take(at: now, among: ["a", "b"]) { $0 - 1 } }
    #expect(faults.map(\.kind) == [.kill, .kill, .freeze, .kill, .kill, .kill, .freeze])
    // Both are due at 100: the second has another victim.
    #expect(faults.suffix(2).map(\.instance) == ["b", "a"])
  }

  @Test("a fault without a possible victim is left out, and the next comes in time")
  func withoutVictims() {
    var schedule = FaultSchedule([.slow: 10])
    #expect(schedule.take(at: 35, among: []) { _ in 0 } == [])
    #expect(schedule.next == 40)
  }
}

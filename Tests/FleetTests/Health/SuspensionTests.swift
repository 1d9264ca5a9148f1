import Fleet
import Records
import Testing

/// Event loops that were stopped and continued, in virtual time.
@Suite struct SuspensionTests {
  @Test("a loop is late by the time since it should have called, unless that is little")
  func late() {
    var watch = SuspensionWatch(tolerance: 100)
    #expect(watch.note(at: 1_000, next: 1_500) == 0)
    #expect(watch.note(at: 1_200, next: 1_200) == 0)
    #expect(watch.note(at: 1_300, next: 2_000) == 0)
    #expect(watch.note(at: 2_101, next: 2_101) == 101)
    #expect(watch.note(at: 9_000, next: nil) == 6_899)
    #expect(watch.note(at: 1_000_000, next: nil) == 0)
  }

  @Test("a loop that carries out checks may be late by half their timeout, and by a fifth of a second")
  func tolerance() {
    #expect(SuspensionWatch(HealthCheckSettings(timeout: 2_000_000_000)).tolerance == 1_000_000_000)
    #expect(SuspensionWatch(HealthCheckSettings(timeout: 1_000_000)).tolerance == 200_000_000)
  }

  @Test("a check that was in flight during a suspension has no result, and the next one begins at once")
  func discarded() {
    var health = TargetHealth(HealthCheckSettings(interval: 5_000, timeout: 2_000, rise: 1, fall: 1), at: 0)
    health.begin(at: 0)
    health.end(nil, at: 10)
    health.begin(at: 5_000)
    #expect(health.isLate(at: 90_000))
    health.resume(at: 90_000)
    #expect(!health.isLate(at: 90_000) && health.isDue(at: 90_000) && health.state == .healthy)
    health.begin(at: 90_000)
    health.end("no answer", at: 92_000)
    #expect(health.state == .unhealthy)
  }
}

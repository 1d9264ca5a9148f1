import Fleet
import Records
import TestSupport
import Testing

/// The states of a target, in virtual time.
@Suite struct TargetHealthTests {
  private static let settings = HealthCheckSettings(interval: 5_000, timeout: 2_000, rise: 3, fall: 2)

  /// Carries out one check that ends after a time, and returns the state.
  private func check(_ health: inout TargetHealth, _ problem: String?, at now: UInt64) -> FrontStatus.State {
    health.begin(at: now)
    health.end(problem, at: now)
    return health.state
  }

  @Test("a new target serves after its first good check, whatever rise is")
  func firstCheck() {
    var health = TargetHealth(Self.settings, at: 7)
    #expect(health.state == .starting && health.since == 7 && health.isDue(at: 7))
    #expect(check(&health, "connection refused", at: 7) == .starting)
    #expect(health.problem == "connection refused")
    #expect(check(&health, "connection refused", at: 5_007) == .starting)
    #expect(check(&health, nil, at: 10_007) == .healthy)
    #expect(health.since == 10_007 && health.problem == nil)
  }

  @Test("failed checks count in a row, and so do good ones")
  func inARow() {
    var health = TargetHealth(Self.settings, at: 0)
    let script: [(good: Bool, state: FrontStatus.State)] = [
      (true, .healthy), (false, .healthy), (true, .healthy), (false, .healthy), (false, .unhealthy),
      (true, .unhealthy), (true, .unhealthy), (false, .unhealthy), (true, .unhealthy), (true, .unhealthy),
      (true, .healthy),
    ]
    for (index, step) in script.enumerated() {
      #expect(
        check(&health, step.good ? nil : "status 503", at: UInt64(index) * 5_000) == step.state, "\(index)")
    }
  }

  @Test("checks begin an interval apart, counted from the start of each")
  func interval() {
    var health = TargetHealth(Self.settings, at: 100)
    health.begin(at: 100)
    #expect(!health.isDue(at: 50_000))
    #expect(health.nextEvent == 2_100)
    #expect(!health.isLate(at: 2_099) && health.isLate(at: 2_100))
    health.end(nil, at: 1_900)
    #expect(health.nextEvent == 5_100)
    #expect(!health.isDue(at: 5_099) && health.isDue(at: 5_100))
  }

  @Test("a timeout beyond the interval is shortened to it")
  func longTimeout() {
    #expect(HealthCheckSettings(interval: 10, timeout: 30).timeout == 10)
  }

  @Test("a target that drains is not checked, and a late result does not bring it back")
  func draining() {
    var health = TargetHealth(Self.settings, at: 0)
    _ = check(&health, nil, at: 0)
    health.begin(at: 5_000)
    health.drain(at: 5_100)
    #expect(health.state == .draining && health.nextEvent == nil && !health.isDue(at: 90_000))
    let hasRecovered = health.end(nil, at: 5_200)
    #expect(!hasRecovered && health.state == .draining)
    let hasDrained = health.finishDraining(at: 6_000)
    #expect(hasDrained)
    #expect(health.state == .drained && health.since == 6_000)
    let drainsAgain = health.finishDraining(at: 7_000)
    health.drain(at: 8_000)
    #expect(!drainsAgain)
    #expect(health.state == .drained && health.since == 6_000)
  }

  @Test("a target that stops answering is unhealthy within interval × fall + one interval + the timeout")
  func detection() {
    var generator = SplitMix64(seed: 21)
    for _ in 0..<2_000 {
      let settings = HealthCheckSettings(
        interval: .random(in: 1...10_000, using: &generator),
        timeout: .random(in: 1...10_000, using: &generator),
        rise: .random(in: 1...5, using: &generator), fall: .random(in: 1...5, using: &generator))
      let frozen = UInt64.random(in: 0...100_000, using: &generator)
      var health = TargetHealth(settings, at: 0)
      var now: UInt64 = 0
      while health.state != .unhealthy, let next = health.nextEvent, next < 10_000_000 {
        now = max(now, next)
        if health.isLate(at: now) { health.end("no answer", at: now) }
        guard health.isDue(at: now) else { continue }
        health.begin(at: now)
        // A good answer takes some part of the timeout. It is lost if the target freezes before it.
        let answer = now + .random(in: 0..<settings.timeout, using: &generator)
        if answer < frozen { health.end(nil, at: answer) }
      }
      guard health.since > 0 || health.state == .unhealthy else { continue }
      let wasInService = health.state == .unhealthy
      #expect(wasInService || health.state == .starting, "\(settings)")
      if wasInService {
        let bound = settings.interval * UInt64(settings.fall + 1) + settings.timeout
        #expect(health.since <= frozen + bound, "\(settings), frozen at \(frozen)")
        #expect(health.since + settings.interval >= frozen, "it was unhealthy before it froze")
      }
    }
  }
}

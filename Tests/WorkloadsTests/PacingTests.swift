import Testing

@testable import Workloads

struct PacingTests {
  private let start: UInt64 = 5_000_000_000
  private let length: UInt64 = 10_000_000_000

  @Test("every load is kept to within one batch", arguments: [1, 2, 10, 33, 50, 75, 90, 99, 100])
  func undisturbed(load: Int) {
    let clock = FakeClock(at: start)
    work(Period(start: start, length: length, load: load), clock)
    let wanted = Int64(length) / 100 * Int64(load)
    #expect(abs(Int64(clock.cpuTime()) - wanted) <= 1_000_000)
  }

  @Test("interruptions and late wake-ups are compensated", arguments: [1, 10, 50])
  func disturbed(load: Int) throws {
    let disturbance = FakeClock.Disturbance(
      batchesPerInterruption: 50, interruption: 30_000_000, lateness: 3_000_000)
    let clock = FakeClock(at: start, disturbance: disturbance)
    work(Period(start: start, length: length, load: load), clock)
    let elapsed = try #require(clock.readings.last) - start
    #expect(abs(Double(clock.cpuTime()) / Double(elapsed) * 100 - Double(load)) < 0.5)
  }

  @Test("a batch longer than a beat keeps the load", arguments: [1, 10, 50, 90])
  func longBatches(load: Int) {
    let clock = FakeClock(at: start, batch: 3 * Pacing.beat)
    work(Period(start: start, length: length, load: load), clock)
    #expect(abs(Double(clock.cpuTime()) / Double(length) * 100 - Double(load)) < 2)
  }

  @Test("a full load never sleeps")
  func fullLoad() {
    let clock = FakeClock(at: start)
    work(Period(start: start, length: length, load: 100), clock)
    #expect(clock.sleeps == [])
  }

  @Test("a late worker keeps the load in the time that is left", arguments: [10, 50, 99, 100])
  func lateWorker(load: Int) {
    let clock = FakeClock(at: start + length / 2)
    work(Period(start: start, length: length, load: load), clock)
    let wanted = Int64(length / 2) / 100 * Int64(load)
    #expect(abs(Int64(clock.cpuTime()) - wanted) <= 1_000_000)
  }

  @Test(
    "work and sleep alternate in beats of 20 ms on average, none longer than 40 ms", arguments: [10, 50, 90])
  func sleepsEveryBeat(load: Int) {
    let clock = FakeClock(at: start)
    work(Period(start: start, length: length, load: load), clock)
    let ends = [start] + clock.sleeps
    let beats = zip(ends.dropFirst(), ends).map { Int64($0) - Int64($1) }
    #expect(beats.allSatisfy { (1...2 * Int64(Pacing.beat)).contains($0) })
    // A beat that is shorter than the batch in hand is worked through.
    #expect((430...501).contains(beats.count))
  }

  @Test("beats do not keep step with a clock that ticks every 4 ms")
  func jitter() {
    let clock = FakeClock(at: start)
    work(Period(start: start, length: length, load: 50), clock)
    let phases = clock.sleeps.map { Int(($0 - start) % 4_000_000 / 1_000_000) }
    let counts = (0..<4).map { phase in phases.count { $0 == phase } }
    #expect(counts.allSatisfy { $0 > phases.count / 8 })
  }

  @Test("no worker sleeps past the end of the period", arguments: [1, 50, 99])
  func endOfPeriod(load: Int) throws {
    let odd = length + 7_654_321
    let clock = FakeClock(at: start)
    work(Period(start: start, length: odd, load: load), clock)
    let lastSleep = try #require(clock.sleeps.max())
    #expect(lastSleep <= start + odd)
  }

  @Test("the work ends with the period, not a batch earlier or later", arguments: [1, 50, 100])
  func lastBatch(load: Int) throws {
    let clock = FakeClock(at: start)
    work(Period(start: start, length: length, load: load), clock)
    let readings = clock.readings
    let last = try #require(readings.last)
    #expect(last >= start + length)
    #expect(readings.dropLast().allSatisfy { $0 < start + length })
  }

  private func work(_ period: Period, _ clock: FakeClock) {
    var pacing = Pacing(period, clock)
    while pacing.mayWork() {}
  }
}

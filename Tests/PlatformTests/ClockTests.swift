import Dispatch
import Synchronization
import Testing

@testable import Platform

struct ClockTests {
  @Test("neither clock goes back", arguments: [Clock.monotonic, .threadCPU])
  func neverBack(clock: Clock) {
    var last = clock.now()
    var steps = 0
    for _ in 0..<100_000 {
      let now = clock.now()
      if now < last { Issue.record("\(now) came after \(last)") }
      if now > last { steps += 1 }
      last = now
    }
    #expect(steps > 0)
  }

  @Test("a sleep lasts at least until its deadline")
  func sleep() {
    for length in [0, 1, 1_000_000, 20_000_000] as [UInt64] {
      let moment = Clock.monotonic.now() + length
      Clock.sleep(until: moment)
      #expect(Clock.monotonic.now() >= moment)
    }
    Clock.sleep(until: 0)
  }

  @Test("CPU time counts work, not sleep")
  func cpuTime() {
    let (begin, cpuTimeAtBegin) = (Clock.monotonic.now(), Clock.threadCPU.now())
    work()
    let worked = Clock.threadCPU.now() - cpuTimeAtBegin
    #expect(worked > 0)
    Clock.sleep(until: Clock.monotonic.now() + 50_000_000)
    let elapsed = Clock.monotonic.now() - begin
    // Of the whole time the sleep is a part that the CPU time lacks.
    #expect(Clock.threadCPU.now() - cpuTimeAtBegin + 25_000_000 < elapsed)
  }

  @Test("CPU time counts the calling thread only")
  func ownCPUTime() {
    let begin = Clock.threadCPU.now()
    let spent = Mutex<UInt64>(0)
    let group = DispatchGroup()
    DispatchQueue(label: "other").async(group: group) {
      let begin = Clock.threadCPU.now()
      while Clock.threadCPU.now() - begin < 30_000_000 { work() }
      let cpuTime = Clock.threadCPU.now() - begin
      spent.withLock { $0 = cpuTime }
    }
    group.wait()
    let others = spent.withLock { $0 }
    #expect(others >= 30_000_000)
    #expect(Clock.threadCPU.now() - begin < others)
  }
}

private func work() {
  var generator = SystemRandomNumberGenerator()
  var sum: UInt64 = 0
  for _ in 0..<2000 { sum ^= generator.next() }
  withExtendedLifetime(sum) {}
}

import Synchronization
import Testing

@testable import Harness

struct PauseDetectorTests {
  private static let second: UInt64 = 1_000_000_000

  /// A detector with a clock and a delay that a test sets.
  private final class Times: Sendable {
    let now = Mutex<UInt64>(0)
    let delay = Mutex<UInt64?>(nil)

    func detector() -> PauseDetector {
      PauseDetector(now: { [self] in now.withLock { $0 } }, delay: { [self] in delay.withLock { $0 } })
    }
  }

  @Test("a process that sleeps for seconds longer than it intended was paused, unless it waited for a CPU")
  func overslept() {
    for (waited, pause) in [(0, 5), (4, 5), (5, 0), (60, 0), (nil, 0)] as [(UInt64?, UInt64)] {
      let times = Times()
      times.delay.withLock { $0 = waited.map { _ in 7 * Self.second } }
      var detector = times.detector()
      times.now.withLock { $0 = 105 * Self.second }
      times.delay.withLock { $0 = waited.map { (7 + $0) * Self.second } }
      #expect(
        detector.pause(since: 100 * Self.second) == pause * Self.second, "\(String(describing: waited))")
      #expect(detector.hasPaused == (pause > 0))
    }
  }

  @Test("a process that wakes up early or a little late was not paused")
  func onTime() {
    let times = Times()
    times.delay.withLock { $0 = 0 }
    var detector = times.detector()
    for (wakeUp, now) in [(100, 99), (100, 100)] as [(UInt64, UInt64)] {
      times.now.withLock { $0 = now * Self.second }
      #expect(detector.pause(since: wakeUp * Self.second) == 0)
    }
    times.now.withLock { $0 = 100 * Self.second + PauseDetector.shortest - 1 }
    #expect(detector.pause(since: 100 * Self.second) == 0)
    #expect(!detector.hasPaused)
  }

  @Test("a process that was continued was paused, however briefly")
  func continued() {
    let times = Times()
    var detector = times.detector()
    detector.noteContinuation()
    #expect(detector.hasPaused)
    times.now.withLock { $0 = 1003 }
    #expect(detector.pause(since: 1000) == 3)
    #expect(detector.pause(since: 1000) == 0)
    #expect(detector.hasPaused)
  }
}

import Dispatch
import TestSupport
import Testing

@testable import ModelKit

/// A worker in virtual time: its clocks go on when it works or waits.
private struct VirtualWorker {
  var pace: WorkerPace
  private(set) var time: UInt64 = 1_000_000_000
  private(set) var cpuTime: UInt64 = 70_000_000
  /// The time by which every wait takes too long.
  var delay: UInt64 = 0

  init(_ pace: WorkerPace) { self.pace = pace }

  private var reading: WorkerPace.Reading {
    .init(time: time, cpuTime: cpuTime, threadTime: cpuTime)
  }

  mutating func work(_ nanoseconds: UInt64) {
    time += nanoseconds
    cpuTime += nanoseconds
  }

  mutating func idle(_ nanoseconds: UInt64) { time += nanoseconds }

  /// Wakes, works and waits, and returns the time at which the answer leaves.
  mutating func answer(_ work: UInt64) -> UInt64 {
    pace.wake(at: reading, isAlone: true)
    self.work(work)
    if let end = pace.end(at: reading) {
      time = end + delay
      pace.goOn(at: reading)
    }
    return time
  }
}

struct WorkerPaceTests {
  @Test(
    "an answer leaves when a machine of the share would have it done",
    arguments: [(0.1, 10_000_000), (0.5, 2_000_000), (0.01, 100_000_000)] as [(Double, UInt64)])
  func latency(share: Double, latency: UInt64) {
    var worker = VirtualWorker(WorkerPace(ownShare: share))
    for _ in 0..<3 {
      let begin = worker.time
      #expect(worker.answer(1_000_000) == begin + latency)
      worker.idle(50_000_000)
    }
  }

  @Test("a whole core is not slowed down")
  func whole() {
    var worker = VirtualWorker(WorkerPace(ownShare: 1))
    for _ in 0..<100 {
      let begin = worker.time
      #expect(worker.answer(700_000) == begin + 700_000)
    }
  }

  @Test("idle time is not saved for later")
  func idle() {
    var worker = VirtualWorker(WorkerPace(ownShare: 0.25))
    _ = worker.answer(1_000_000)
    worker.idle(10_000_000_000)
    let begin = worker.time
    #expect(worker.answer(1_000_000) == begin + 4_000_000)
  }

  @Test("waits that are too short are left to later answers")
  func shortWaits() {
    var worker = VirtualWorker(WorkerPace(ownShare: 0.5))
    let begin = worker.time
    #expect(worker.answer(100_000) == begin + 100_000)
    #expect(worker.answer(100_000) == begin + 400_000)
  }

  @Test(
    "the CPU time of a saturated worker is its share, however long its answers take and its waits overshoot",
    arguments: [0.01, 0.1, 0.37, 0.9], [8_000, 150_000, 3_000_000] as [UInt64])
  func saturated(share: Double, mean: UInt64) {
    var worker = VirtualWorker(WorkerPace(ownShare: share))
    var random = SplitMix64(seed: mean)
    _ = worker.answer(mean)
    let (begin, used) = (worker.time, worker.cpuTime)
    for _ in 0..<5000 {
      worker.delay = random.next() % 100_000
      _ = worker.answer(random.next() % (2 * mean))
      // Sending, and asking for what is ready.
      worker.work(6_000)
    }
    let busy = Double(worker.cpuTime - used) / Double(worker.time - begin)
    #expect((0.99...1.01).contains(busy / share), "\(busy)")
  }

  @Test("work without an answer is done in idle time if there is any")
  func otherWork() {
    var worker = VirtualWorker(WorkerPace(ownShare: 0.1))
    _ = worker.answer(1_000_000)
    for _ in 0..<3600 {
      worker.idle(1_000_000_000)
      worker.pace.wake(
        at: .init(time: worker.time, cpuTime: worker.cpuTime, threadTime: worker.cpuTime), isAlone: true)
      worker.work(20_000)
    }
    worker.idle(1_000_000_000)
    let begin = worker.time
    let end = worker.answer(1_000_000)
    #expect((10_000_000...10_200_001).contains(end - begin))
  }
}

struct SharedPacerTests {
  @Test("one of two workers is not faster because the other is idle")
  func ownSpeed() {
    var worker = VirtualWorker(WorkerPace(sharing: Pacer(share: 0.2, after: 70_000_000), among: 2))
    let begin = worker.time
    #expect(worker.answer(1_000_000) == begin + 10_000_000)
  }

  @Test("two workers at once have the share together, and whoever is first pays for both")
  func together() {
    let pacer = Pacer(share: 0.2, after: 0)
    var paces = [WorkerPace(sharing: pacer, among: 2), WorkerPace(sharing: pacer, among: 2)]
    // Both begin at 0, and each uses 1 ms by the time 1 ms.
    for worker in 0..<2 { paces[worker].wake(at: .init(time: 0, cpuTime: 0, threadTime: 0), isAlone: false) }
    let reading = WorkerPace.Reading(time: 1_000_000, cpuTime: 2_000_000, threadTime: 1_000_000)
    #expect(paces[0].end(at: reading) == 10_000_000)
    #expect(paces[1].end(at: reading) == 10_000_000)
  }

  @Test("no CPU time is reserved twice or forgotten by threads that reserve at once")
  func concurrent() {
    let pacer = Pacer(share: 0.5, after: 1000)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for step in 1...5000 as ClosedRange<UInt64> {
        pacer.reserve(upTo: 1000 + step * 1000 + UInt64(thread) * 100, from: 0)
      }
    }
    #expect(pacer.unreserved(at: 5_001_700) == 0)
    #expect(pacer.reserve(upTo: 5_001_700, from: 0) == 2 * 5_000_700)
  }
}

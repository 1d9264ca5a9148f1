import Records
import TestSupport
import Testing

@testable import Load

struct TallyTests {
  @Test("only requests that were due in the window count, whenever they are answered")
  func window() {
    var tally = RequestTally(window: 100..<200)
    for due in [50, 99, 100, 150, 199] as [UInt64] {
      tally.take(due: due)
      tally.send(due: due, at: due + 10, waited: due == 150)
      tally.transfer(due: due, sent: 5, received: 7)
    }
    tally.answer(due: 50, sent: 60, at: 120)
    tally.answer(due: 99, sent: 109, at: 130)
    tally.answer(due: 100, sent: 110, at: 250)
    tally.answer(due: 199, sent: 209, at: 300)
    tally.fail(.timeout, due: 150, wasSent: true, at: 260)
    #expect(tally.taken == 3 && tally.sent == 3 && tally.answered == 2 && tally.queued == 1)
    #expect(tally.bytesSent == 15 && tally.bytesReceived == 21 && tally.errors[.timeout] == 1)
    // The answers that arrived in the window are those to earlier requests.
    #expect(tally.arrived == 2)
    #expect(tally.sendDelay.maximum == 10 && tally.latencies.corrected.maximum == 150)
    #expect(tally.latencies.uncorrected.maximum == 140 && tally.inFlight.count == 0)
  }

  @Test("failures before sending leave the number in flight alone")
  func unsentFailure() {
    var tally = RequestTally(window: 0..<100)
    tally.take(due: 1)
    tally.fail(.connectionRefused, due: 1, wasSent: false, at: 2)
    #expect(tally.inFlight.count == 0 && tally.sent == 0 && tally.errors.total == 1)
  }

  @Test("answers are counted by worker, and merged by name")
  func workers() {
    var (one, other, place) = (WorkerTally(), WorkerTally(), 0)
    for name in ["2/20", "1/10", "2/20", "10/7"] { one.count(name, near: &place) }
    other.count("1/10", near: &place)
    other.count("", near: &place)
    one.merge(other)
    #expect(
      one.workers == [
        .init(name: "1/10", answers: 2), .init(name: "2/20", answers: 2), .init(name: "10/7", answers: 1),
        .init(name: "", answers: 1),
      ])
    #expect(WorkerTally().workers == nil)
  }

  @Test("a server that names ever more workers does not use ever more memory")
  func manyWorkers() {
    var (tally, place) = (WorkerTally(), 0)
    for number in 0..<5000 { tally.count("\(number)", near: &place) }
    tally.count(String(repeating: "n", count: 200), near: &place)
    #expect(tally.workers?.count == 1000)
  }

  @Test("connections take requests in turns")
  func ring() {
    var ring = ConnectionRing(capacity: 3)
    #expect(ring.head == nil)
    var taken: [Int] = []
    for place in 0..<3 { ring.append(place) }
    for _ in 0..<7 {
      guard let head = ring.head else { break }
      taken.append(head)
      ring.removeFirst()
      ring.append(head)
    }
    #expect(taken == [0, 1, 2, 0, 1, 2, 0] && ring.count == 3)
  }

  @Test("a thread ends its waits earlier by the median of its delays, up to a limit")
  func wakeUpDelay() {
    var (delay, generator) = (WakeUpDelay(), SplitMix64(seed: 1))
    // From 20 to 30 µs, with the median 25.
    for _ in 0..<2000 { delay.add(asked: 1_000_000, ended: 1_020_000 + generator.next() % 10_001) }
    #expect(22_000...28_000 ~= delay.median)
    for _ in 0..<2000 { delay.add(asked: 0, ended: 1_000_000) }
    #expect(delay.median == WakeUpDelay.most)
    for _ in 0..<2000 { delay.add(asked: 10, ended: 5) }
    #expect(delay.median == 0)
  }
}

import TestSupport
import Testing

@testable import Fleet

@Suite struct JobQueueTests {
  private static func job(_ number: UInt64) -> Job { Job(JobID(number), path: "/api/\(number)") }

  @Test("jobs are given out in the order in which they came")
  func order() {
    var queue = JobQueue(mostFailures: 5)
    for number in 1...5 { queue.add(Self.job(UInt64(number))) }
    let given = (1...6).map { _ in queue.claim(for: "a", at: 0)?.id.number }
    #expect(given == [1, 2, 3, 4, 5, nil])
    #expect(queue.running == 5 && queue.waiting == 0)
  }

  @Test("a job whose attempt failed is the next to be given out, and counts as redelivered")
  func returned() {
    var queue = JobQueue(mostFailures: 5)
    for number in 1...3 { queue.add(Self.job(UInt64(number))) }
    _ = queue.claim(for: "a", at: 0)
    let consequence = queue.fail(JobID(1))
    #expect(consequence == .retried)
    let again = queue.claim(for: "b", at: 1)
    #expect(again?.id == JobID(1) && again?.attempts == 2 && again?.failures == 1)
    #expect(queue.redelivered == 1)
  }

  @Test("a job has failed after its last attempt, with the reason")
  func exhausted() {
    var queue = JobQueue(mostFailures: 3)
    queue.add(Self.job(1))
    for attempt in 1...3 {
      _ = queue.claim(for: "a", at: 0)
      let consequence = queue.fail(JobID(1))
      #expect(consequence == (attempt < 3 ? .retried : .exhausted))
    }
    let isFirst = queue.finish(JobID(1), .failed("broken"))
    #expect(isFirst)
    #expect(queue.failed == 1 && queue.done == 0 && queue.running == 0)
    #expect(queue[JobID(1)]?.state == .finished(.failed("broken")))
  }

  @Test("a job that its instance gives back has not failed")
  func givenBack() {
    var queue = JobQueue(mostFailures: 1)
    queue.add(Self.job(1))
    for _ in 1...10 {
      _ = queue.claim(for: "a", at: 0)
      let wasInHand = queue.putBack(JobID(1))
      #expect(wasInHand)
    }
    #expect(queue[JobID(1)]?.failures == 0 && queue.redelivered == 9)
  }

  @Test("the second result of a job is ignored")
  func secondResult() {
    var queue = JobQueue(mostFailures: 5)
    queue.add(Self.job(1))
    _ = queue.claim(for: "a", at: 0)
    let areFirst = [queue.finish(JobID(1), .done("1")), queue.finish(JobID(1), .done("2"))]
    #expect(areFirst == [true, false])
    #expect(queue[JobID(1)]?.state == .finished(.done("1")) && queue.done == 1)
  }

  @Test("a job that is finished while it waits again is not given out")
  func finishedWhileWaiting() {
    var queue = JobQueue(mostFailures: 5)
    queue.add(Self.job(1))
    queue.add(Self.job(2))
    _ = queue.claim(for: "a", at: 0)
    let consequence = queue.fail(JobID(1))
    let isFirst = queue.finish(JobID(1), .done("late"))
    let next = queue.claim(for: "a", at: 0)
    #expect(consequence == .retried && isFirst && next?.id == JobID(2))
  }

  @Test("finished jobs beyond the retention are forgotten and still counted")
  func retention() {
    var queue = JobQueue(mostFailures: 5, retention: 2)
    for number in 1...5 {
      queue.add(Self.job(UInt64(number)))
      _ = queue.claim(for: "a", at: 0)
      queue.finish(JobID(UInt64(number)), .done("x"))
    }
    #expect((1...5).map { queue[JobID($0)] != nil } == [false, false, false, true, true])
    #expect(queue.done == 5 && queue.forgotten == (done: 3, failed: 0))
  }

  /// The same queue as an obvious list.
  private struct Model {
    var waiting: [UInt64] = []
    var running: Set<UInt64> = []
    var failures: [UInt64: Int] = [:]
    var finished: [UInt64: JobOutcome] = [:]
  }

  @Test("after any operations the queue has the jobs and states of a plain list", arguments: 1...60)
  func operations(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let most = 3
    var queue = JobQueue(mostFailures: most)
    var model = Model()
    var next: UInt64 = 1
    for step in 0..<600 {
      let id = UInt64.random(in: 1...max(1, next), using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2:
        let isAdded = queue.add(Self.job(next))
        #expect(isAdded)
        model.waiting.append(next)
        next += 1
      case 3, 4:
        let expected = model.waiting.isEmpty ? nil : model.waiting.removeFirst()
        let job = queue.claim(for: "t", at: UInt64(step))
        #expect(job?.id.number == expected)
        if let expected { model.running.insert(expected) }
      case 5: fail(id, &queue, &model, most)
      case 6:
        let isInHand = model.running.remove(id) != nil
        let wasInHand = queue.putBack(JobID(id))
        #expect(wasInHand == isInHand)
        if isInHand { model.waiting.insert(id, at: 0) }
      default:
        let isFirst = id < next && model.finished[id] == nil
        let wasFirst = queue.finish(JobID(id), .done("\(step)"))
        #expect(wasFirst == isFirst)
        if isFirst {
          model.finished[id] = .done("\(step)")
          model.running.remove(id)
          model.waiting.removeAll { $0 == id }
        }
      }
      #expect(queue.waiting == model.waiting.count && queue.running == model.running.count)
    }
    for id in 1..<max(2, next) where model.finished[id] != nil {
      #expect(queue[JobID(id)]?.state == model.finished[id].map { .finished($0) })
    }
    var order: [UInt64?] = []
    while let job = queue.claim(for: "t", at: 0) { order.append(job.id.number) }
    #expect(order == model.waiting)
  }

  private func fail(_ id: UInt64, _ queue: inout JobQueue, _ model: inout Model, _ most: Int) {
    let consequence = queue.fail(JobID(id))
    guard model.running.contains(id) else {
      #expect(consequence == .ignored)
      return
    }
    let failures = model.failures[id, default: 0] + 1
    model.failures[id] = failures
    #expect(consequence == (failures >= most ? .exhausted : .retried))
    if failures < most {
      model.running.remove(id)
      model.waiting.insert(id, at: 0)
    }
  }
}

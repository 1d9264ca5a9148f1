import Records
import TestSupport
import Testing

@testable import Load

struct DueRequestsTests {
  private func schedule(_ rate: Double, seconds: UInt64 = 10) throws -> ArrivalSchedule {
    ArrivalSchedule(
      .poisson, rate: try #require(RequestRate(perSecond: rate)), duration: seconds * 1_000_000_000, seed: 3)
  }

  @Test("requests are taken in order, each once and none before it is due, however late they are taken")
  func order() throws {
    let schedule = try schedule(200)
    var (due, generator) = (DueRequests(schedule, from: 1000), SplitMix64(seed: 5))
    var (taken, time): ([DueRequests.Request], UInt64) = ([], 0)
    while let next = due.nextTime {
      time += generator.next() % 50_000_000
      while let request = due.take(at: time) {
        #expect(request.due <= time)
        taken.append(request)
      }
      if due.nextTime == next { #expect(next > time) }
    }
    #expect(taken == schedule.map { DueRequests.Request(index: $0.index, due: 1000 + $0.time) })
  }

  @Test("every request of the schedule is either taken or counted at the end")
  func finish() throws {
    let schedule = try schedule(300)
    let window = UInt64(2_000_000_000)..<10_000_000_000
    for end in [0, 2_000_000_000, 5_500_000_000, 10_000_000_000] as [UInt64] {
      var due = DueRequests(schedule, from: 0)
      var taken: UInt64 = 0
      while let request = due.take(at: min(end, 4_000_000_000)) {
        taken += window.contains(request.due) ? 1 : 0
      }
      let rest = due.finish(at: end, counting: window)
      let all = schedule.filter { window.contains($0.time) && $0.time < end }
      #expect(rest.map { taken + $0 } == UInt64(all.count))
      #expect(due.nextTime == nil && due.take(at: .max) == nil)
    }
  }

  @Test("after the warm-up, no request is taken that was due in it")
  func drop() throws {
    let schedule = try schedule(300)
    var due = DueRequests(schedule, from: 500)
    let first = due.take(at: 500_000_000)
    due.drop(before: 1_000_000_500)
    let rest = schedule.filter { $0.time >= 1_000_000_000 }
    #expect(first != nil && due.take(at: 1_000_000_499) == nil)
    #expect(due.take(at: .max)?.index == rest.first?.index)
    #expect(due.finish(at: 10_000_000_500, counting: 500..<10_000_000_500) == UInt64(rest.count - 1))
    var always = DueRequests(closedLoopOf: 0, of: 1, during: 0..<100)
    always.drop(before: 50)
    #expect(always.take(at: 50)?.index == 0)
  }

  @Test("too many requests to be counted are not counted")
  func tooMany() throws {
    let rate = try #require(RequestRate(perSecond: 1_000_000_000))
    var due = DueRequests(ArrivalSchedule(.constant, rate: rate, duration: 1_000_000_000_000), from: 0)
    #expect(due.finish(at: 1_000_000_000_000, counting: 0..<1) == nil)
    #expect(due.nextTime == nil)
  }

  @Test("in a closed loop a request is due whenever there is a connection, from the start to the end")
  func closedLoop() {
    var due = DueRequests(closedLoopOf: 1, of: 3, during: 100..<200)
    #expect(due.take(at: 99) == nil && due.nextTime == 100)
    #expect(due.take(at: 100) == .init(index: 1, due: 100))
    #expect(due.take(at: 150) == .init(index: 4, due: 150))
    #expect(due.take(at: 200) == nil)
    #expect(due.finish(at: 200, counting: 100..<200) == 0)
  }
}

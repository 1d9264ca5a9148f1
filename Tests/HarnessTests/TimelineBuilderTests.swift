import Platform
import Records
import TestSupport
import Testing

@testable import Harness

struct TimelineBuilderTests {
  private let interval: UInt64 = 50_000_000

  private func reading(_ busy: [Int: UInt64]) -> CoreReading {
    CoreReading(
      cores: busy.sorted { $0.key < $1.key }.map { .init(number: $0.key, busy: $0.value, steal: 0) })
  }

  private func end(
    _ builder: inout TimelineBuilder, _ reading: CoreReading, at time: UInt64
  ) throws -> CoreTimeline {
    let timeline = builder.end(reading, at: time)
    return try #require(timeline)
  }

  @Test("the timeline has a value per interval, and a last one for the remainder")
  func values() throws {
    var builder = TimelineBuilder(reading([0: 7, 1: 0]), at: 1000, interval: 100)
    #expect(builder.due == 1100)
    builder.add(reading([0: 107, 1: 25]), at: 1100)
    builder.add(reading([0: 157, 1: 50]), at: 1201)
    let timeline = try end(&builder, reading([0: 217, 1: 110]), at: 1260)
    #expect(timeline.busy == [[100, 50, 100], [25, 25, 100]])
    #expect(timeline.cores == [0, 1] && timeline.interval == 100 && timeline.span == 260)
  }

  @Test("a remainder below half an interval belongs to the last value")
  func shortRest() throws {
    var builder = TimelineBuilder(reading([0: 0]), at: 0, interval: 100)
    builder.add(reading([0: 100]), at: 100)
    builder.add(reading([0: 200]), at: 200)
    let timeline = try end(&builder, reading([0: 200]), at: 225)
    #expect(timeline.busy == [[100, 80]])
    var short = TimelineBuilder(reading([0: 0]), at: 0, interval: 100)
    let none = short.end(reading([0: 30]), at: 49)
    #expect(none == nil)
  }

  @Test("a tick counted late goes into the next value")
  func ticks() throws {
    // Two thirds busy, told in steps of 10 ms.
    var builder = TimelineBuilder(reading([0: 0]), at: 0, interval: interval)
    for count in 1...60 as ClosedRange<UInt64> {
      let busy = (count * interval * 2 / 3) / 10_000_000 * 10_000_000
      builder.add(reading([0: busy]), at: count * interval)
    }
    let timeline = try end(&builder, reading([0: 2_000_000_000]), at: 60 * interval)
    let mean = try #require(timeline.busyCores)
    #expect(abs(mean - 2.0 / 3) < 0.005)
  }

  @Test("intervals without readings get their mean")
  func missed() throws {
    var builder = TimelineBuilder(reading([0: 0]), at: 0, interval: 100)
    builder.add(reading([0: 200]), at: 410)
    let timeline = try end(&builder, reading([0: 200]), at: 440)
    #expect(timeline.busy == [[50, 50, 50, 36]])
  }

  @Test("a core that went and came is not busy while it is away")
  func hotplug() throws {
    var builder = TimelineBuilder(reading([0: 0, 2: 0]), at: 0, interval: 100)
    builder.add(reading([0: 100]), at: 100)
    builder.add(reading([0: 200, 1: 5000, 2: 9000]), at: 200)
    builder.add(reading([0: 150, 1: 5100, 2: 9050]), at: 300)
    let timeline = try end(&builder, reading([0: 150, 1: 5100, 2: 9150]), at: 400)
    #expect(timeline.cores == [0, 1, 2])
    #expect(timeline.busy == [[100, 100, 0, 0], [0, 0, 100, 0], [0, 0, 50, 100]])
  }

  @Test(
    "the timeline stays small however long it is, and keeps its mean",
    arguments: [239, 240, 241, 480, 481, 1000, 5003])
  func long(count: UInt64) throws {
    var builder = TimelineBuilder(reading([0: 0, 1: 0]), at: 0, interval: interval)
    var generator = SplitMix64(seed: count)
    var busy: UInt64 = 0
    for position in 1...count {
      busy += UInt64.random(in: 0...interval, using: &generator)
      builder.add(reading([0: busy, 1: position * interval]), at: position * interval)
      #expect(builder.due > position * interval)
    }
    let timeline = try end(&builder, reading([0: busy, 1: count * interval]), at: count * interval)
    #expect(timeline.busy.allSatisfy { (1...TimelineBuilder.limit + 1).contains($0.count) })
    let expected = Double(busy) / Double(count * interval) + 1
    #expect(abs(try #require(timeline.busyCores) - expected) < 0.01)
  }

  @Test("the harness may be stopped for hours")
  func stopped() throws {
    var builder = TimelineBuilder(reading([0: 0]), at: 0, interval: interval)
    builder.add(reading([0: interval]), at: interval)
    let time: UInt64 = 10_000_000_000_000
    builder.add(reading([0: time / 4]), at: time)
    let timeline = try end(&builder, reading([0: time / 4]), at: time)
    #expect(timeline.busy[0].count <= 2 * TimelineBuilder.limit + 1)
    #expect(abs(try #require(timeline.busyCores) - 0.25) < 0.01)
  }

  @Test("the timeline is valid whatever the readings and times")
  func fuzz() {
    var generator = SplitMix64(seed: 51)
    for _ in 0..<300 {
      var time = generator.next() >> UInt64.random(in: 1..<64, using: &generator)
      let step = max(1, generator.next() >> UInt64.random(in: 0..<64, using: &generator))
      var builder = TimelineBuilder(CoreReading(), at: time, interval: step)
      for _ in 0..<20 {
        let (later, isOver) = time.addingReportingOverflow(
          UInt64.random(in: 0...3, using: &generator).multipliedReportingOverflow(by: step).partialValue / 2)
        time = isOver ? .max : later
        var busy: [Int: UInt64] = [:]
        for core in 0..<4 where Bool.random(using: &generator) { busy[core] = generator.next() }
        builder.add(reading(busy), at: time)
      }
      guard let timeline = builder.end(CoreReading(), at: time) else { continue }
      #expect(timeline.busy.allSatisfy { $0.allSatisfy((0...100).contains) })
      #expect(Set(timeline.busy.map(\.count)).count <= 1)
    }
  }
}

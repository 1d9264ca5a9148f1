import TestSupport
import Testing

@testable import Records

struct HistogramRecordTests {
  private let last = LatencyHistogram.bucketCount - 1

  @Test("a histogram is written as the buckets that contain times")
  func text() throws {
    #expect(try encoded(LatencyHistogram()) == #"{"clamped":0,"counts":[]}"#)
    let recorded = histogram(of: [5, 1200, 1200, 4096, 4099, .max])
    #expect(try encoded(recorded) == #"{"clamped":1,"counts":[5,1,1200,2,3072,2,33420,1]}"#)
  }

  @Test("a histogram reads back exactly")
  func roundTrip() throws {
    var generator = SplitMix64(seed: 3)
    for count in [0, 1, 10, 3000] {
      let recorded = histogram(of: (0..<count).map { _ in generator.next() >> (generator.next() % 64) })
      #expect(try decoded(LatencyHistogram.self, encoded(recorded)) == recorded)
    }
  }

  @Test("10^18 times are read, as is every bucket")
  func limits() throws {
    let full = try decoded(LatencyHistogram.self, #"{"clamped":0,"counts":[0,1,33420,999999999999999999]}"#)
    #expect(
      full.count == LatencyHistogram.mostCount && full.count(above: 0) == LatencyHistogram.mostCount - 1)
    let all = (0...last).map { "\($0),1" }.joined(separator: ",")
    let even = try decoded(LatencyHistogram.self, #"{"clamped":1,"counts":[\#(all)]}"#)
    #expect(even.count == UInt64(LatencyHistogram.bucketCount) && even.clamped == 1)
  }

  @Test(
    "an invalid histogram is rejected",
    arguments: [
      #"{"clamped":0,"counts":[33421,1]}"#, #"{"clamped":0,"counts":[-1,1]}"#,
      #"{"clamped":0,"counts":[5,1,5,1]}"#, #"{"clamped":0,"counts":[6,1,5,1]}"#,
      #"{"clamped":0,"counts":[5,0]}"#, #"{"clamped":0,"counts":[5,-1]}"#, #"{"clamped":0,"counts":[5]}"#,
      #"{"clamped":0,"counts":[5,1.5]}"#, #"{"clamped":0,"counts":[5,"1"]}"#,
      #"{"clamped":0,"counts":[5,1000000000000000001]}"#,
      #"{"clamped":0,"counts":[5,1000000000000000000,6,1]}"#,
      #"{"clamped":0,"counts":[5,18446744073709551615,6,18446744073709551615]}"#,
      #"{"clamped":1,"counts":[5,1]}"#, #"{"clamped":2,"counts":[33420,1]}"#, #"{"clamped":-1,"counts":[]}"#,
      #"{"counts":[]}"#, #"{"clamped":0}"#, #"{"clamped":0,"counts":{}}"#, "[]", "",
    ])
  func rejection(text: String) {
    #expect(throws: (any Error).self) { try decoded(LatencyHistogram.self, text) }
  }

  @Test("whatever histogram is read, its statistics can be computed")
  func fuzz() throws {
    let seeds = [
      #"{"clamped":1,"counts":[0,1,5,2,2048,3,33419,4,33420,9]}"#,
      #"{"clamped":0,"counts":[7,1000000000000]}"#,
    ]
    var fuzz = Fuzz(seeds, seed: 5, changesNumbersMostly: true)
    let accepted = try fuzz.run(2000) { text in
      guard let read = try? decoded(LatencyHistogram.self, text) else { return false }
      _ = (read.mean, read.standardDeviation, read.time(atPercentile: 99.9), read.hgrmText)
      var merged = read
      try? merged.merge(read)
      #expect(merged.count == 2 * read.count || merged == read)
      let copy = try decoded(LatencyHistogram.self, encoded(read))
      #expect(copy == read)
      return true
    }
    #expect(accepted > 100)
  }
}

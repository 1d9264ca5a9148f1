import TestSupport
import Testing

@testable import Records

/// Returns a histogram of some times.
func histogram(of times: [UInt64]) -> LatencyHistogram {
  var histogram = LatencyHistogram()
  for time in times { histogram.record(time) }
  return histogram
}

struct LatencyHistogramTests {
  private let hour = LatencyHistogram.mostTime

  @Test("an empty histogram has no statistics")
  func empty() {
    let histogram = LatencyHistogram()
    #expect(histogram.isEmpty && histogram.count == 0 && histogram.clamped == 0)
    #expect(histogram.minimum == nil && histogram.maximum == nil && histogram.mean == nil)
    #expect(histogram.standardDeviation == nil && histogram.time(atPercentile: 50) == nil)
    #expect(histogram.count(above: 0) == 0)
  }

  @Test("the buckets follow each other without gap or overlap, from 0 ns to 1 h")
  func buckets() {
    let buckets = 0..<LatencyHistogram.bucketCount
    let ranges = buckets.map(LatencyHistogram.times(of:))
    #expect(ranges[0] == 0...0 && ranges.last?.contains(hour) == true && buckets.count == 33_421)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound + 1 == $1.lowerBound })
    #expect(
      zip(buckets, ranges).allSatisfy { bucket, times in
        LatencyHistogram.bucket(of: times.lowerBound) == bucket
          && LatencyHistogram.bucket(of: times.upperBound) == bucket
      })
  }

  @Test("a bucket is one nanosecond wide below 2048 ns, and at most 1/1024 of its times above")
  func precision() {
    for bucket in stride(from: 0, to: LatencyHistogram.bucketCount, by: 7) {
      let times = LatencyHistogram.times(of: bucket)
      #expect(bucket < 2048 ? times.count == 1 : UInt64(times.count) * 1024 <= times.lowerBound)
    }
  }

  @Test("times up to 2047 ns are exact, and the statistics of greater ones are within three digits")
  func digits() {
    let exact = histogram(of: [0, 1, 2047])
    #expect(exact.minimum == 0 && exact.maximum == 2047 && exact.time(atPercentile: 50) == 1)
    let rounded = histogram(of: [1_234_567])
    #expect(rounded.minimum == 1_233_920 && rounded.maximum == 1_234_943)
    #expect(rounded.time(atPercentile: 50) == 1_234_943 && rounded.mean == 1_234_432)
    #expect(rounded.standardDeviation == 0)
  }

  @Test("a time above 1 h is counted in the last bucket, and as clamped")
  func clamping() {
    let recorded = histogram(of: [hour, hour + 1, .max, 5])
    #expect(recorded.count == 4 && recorded.clamped == 2)
    #expect(recorded.counts[LatencyHistogram.bucketCount - 1] == 3)
    #expect(recorded.maximum == LatencyHistogram.times(of: LatencyHistogram.bucketCount - 1).upperBound)
    #expect(recorded.count(above: hour) == 2 && recorded.count(above: .max) == 2)
    #expect(recorded.count(above: 5) == 3 && recorded.count(above: 4) == 4)
  }

  @Test("a percentile is the time of the nearest rank")
  func ranks() {
    let recorded = histogram(of: (1...1000).map { $0 })
    #expect(
      [50, 75, 90, 99, 99.9, 99.99, 100].map(recorded.time(atPercentile:)) == [
        500, 750, 900, 990, 999, 1000, 1000,
      ])
    #expect(recorded.time(atPercentile: 0) == 1)
    #expect(recorded.time(atPercentile: 0.1) == 1 && recorded.time(atPercentile: 0.16) == 2)
    #expect(recorded.time(atPercentile: -5) == 1 && recorded.time(atPercentile: 250) == 1000)
    #expect(recorded.time(atPercentile: .infinity) == 1000 && recorded.time(atPercentile: .nan) == nil)
  }

  @Test("merging gives the histogram of all times, in any order")
  func merging() throws {
    var generator = SplitMix64(seed: 11)
    let parts = (0..<5).map { _ in (0..<2000).map { _ in generator.next() >> (generator.next() % 60) } }
    var (merged, reversed) = (LatencyHistogram(), LatencyHistogram())
    for part in parts { try merged.merge(histogram(of: part)) }
    for part in parts.reversed() { try reversed.merge(histogram(of: part)) }
    #expect(merged == histogram(of: parts.flatMap(\.self)))
    #expect(merged == reversed && merged.count == 10_000 && merged.clamped > 0)
  }

  @Test("a merge to more than 10^18 times fails and changes nothing")
  func overflow() throws {
    var full = LatencyHistogram()
    full.record(7, times: LatencyHistogram.mostCount)
    let before = full
    #expect(throws: LatencyHistogram.TooManyTimes()) { try full.merge(histogram(of: [1])) }
    #expect(full == before)
    try full.merge(LatencyHistogram())
    #expect(full == before && full.time(atPercentile: 99.99) == 7 && full.mean == 7)
  }

  @Test("recording a time several times is recording it as often")
  func repetition() {
    var repeated = LatencyHistogram()
    repeated.record(1_000_000, times: 3)
    repeated.record(hour + 1, times: 2)
    #expect(repeated == histogram(of: [1_000_000, 1_000_000, 1_000_000, hour + 1, hour + 1]))
    repeated.removeAll()
    #expect(repeated == LatencyHistogram())
  }
}

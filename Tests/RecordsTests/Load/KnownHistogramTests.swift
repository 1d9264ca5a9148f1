import TestSupport
import Testing

@testable import Records

/// Answers of hdrhistogram 0.10.8 from PyPI, `HdrHistogram(1, 3_600_000_000_000, 3)`, for the same times.
struct KnownHistogramTests {
  /// A sample, and the statistics of its histogram.
  struct Known: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var seed: UInt64
    var draw: @Sendable (inout SplitMix64) -> UInt64
    var buckets: Int
    /// The FNV-1a hash of the indices and counts of all buckets that are not empty.
    var hash: UInt64
    /// The percentiles 50, 75, 90, 95, 99, 99.9 and 99.99.
    var percentiles: [UInt64]
    var range: ClosedRange<UInt64>
    var mean: Double
    var deviation: Double
  }

  static let known = [
    Known(
      testDescription: "uniform", seed: 1, draw: { $0.next() % 10_000_000 },
      buckets: 3657, hash: 0xacb4_ecba_d164_b928,
      percentiles: [4_984_831, 7_471_103, 8_962_047, 9_461_759, 9_912_319, 9_994_239, 10_002_431],
      range: 731...10_002_431, mean: 4978236.9637, deviation: 2876256.019551578),
    Known(
      testDescription: "all magnitudes", seed: 2,
      draw: { generator in
        let shift = 22 + generator.next() % 40
        return min(generator.next() >> shift, LatencyHistogram.mostTime)
      },
      buckets: 7475, hash: 0x55bf_1db6_22ae_83d9,
      percentiles: [
        2_144_255, 2_533_359_615, 155_021_475_839, 680_752_316_415, 2_514_703_351_807, 3_601_330_077_695,
        3_601_330_077_695,
      ],
      range: 0...3_601_330_077_695, mean: 108151521435.9601, deviation: 427914361353.0853),
    Known(
      testDescription: "two modes", seed: 3,
      draw: { generator in
        let isSlow = generator.next().isMultiple(of: 100)
        return isSlow ? 900_000_000 + generator.next() % 200_000_000 : 200_000 + generator.next() % 50_000
      },
      buckets: 477, hash: 0x59ba_8646_7dc1_1c04,
      percentiles: [225_535, 238_079, 245_375, 247_935, 249_983, 1_080_033_279, 1_097_859_071],
      range: 199_936...1_099_956_223, mean: 9757097.0176, deviation: 97495931.64722875),
  ]

  @Test("counts, percentiles, range, mean and deviation are those of hdrhistogram", arguments: known)
  func statistics(known: Known) {
    var generator = SplitMix64(seed: known.seed)
    let histogram = histogram(of: (0..<10_000).map { _ in known.draw(&generator) })
    var (buckets, hash) = (0, UInt64(0xcbf2_9ce4_8422_2325))
    histogram.forEachBucket { bucket, count in
      buckets += 1
      for number in [UInt64(bucket), count] { hash = (hash ^ number) &* 0x100_0000_01b3 }
    }
    #expect(buckets == known.buckets && hash == known.hash)
    let percentiles = [50, 75, 90, 95, 99, 99.9, 99.99].map(histogram.time(atPercentile:))
    #expect(percentiles == known.percentiles)
    #expect(histogram.minimum == known.range.lowerBound && histogram.maximum == known.range.upperBound)
    #expect(histogram.mean == known.mean && histogram.standardDeviation == known.deviation)
  }

  @Test("the percentile distribution is the text of hdrhistogram, the deviation in milliseconds too")
  func distribution() {
    var generator = SplitMix64(seed: 4)
    let histogram = histogram(of: (0..<20).map { _ in generator.next() % 10_000_000 })
    #expect(histogram.hgrmText == Self.distributionText)
    // In the unit in which it records, hdrhistogram writes the deviation as we do.
    #expect(histogram.hgrmText(unit: 1).contains("StdDeviation   =  2270943.789]\n"))
  }

  @Test("the percentile distribution of an empty histogram has no rows")
  func empty() {
    let text = LatencyHistogram().hgrmText
    #expect(text.split(separator: "\n").count == 4)
    #expect(text.contains("#[Max     =        0.000, TotalCount     =        0.000]"))
  }

  @Test("the percentile distribution of 10^18 times ends")
  func huge() {
    var recorded = histogram(of: [1, 2, 3, 4_000_000])
    recorded.record(1000, times: LatencyHistogram.mostCount - 4)
    let rows = recorded.percentileRows(ticksPerHalfDistance: 5)
    #expect(rows.count < 500 && rows.last == .init(time: 4_001_791, percentile: 100, count: recorded.count))
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.percentile < $1.percentile && $0.time <= $1.time })
    #expect(recorded.hgrmText.contains("TotalCount     = 1000000000000000000.000]"))
  }

  private static let distributionText = """
           Value     Percentile TotalCount 1/(1-Percentile)

           2.542 0.000000000000          1           1.00
           2.865 0.100000000000          2           1.11
           3.138 0.190000000000          4           1.23
           4.067 0.271000000000          6           1.37
           4.608 0.343900000000          7           1.52
           6.652 0.409510000000          9           1.69
           6.681 0.468559000000         10           1.88
           6.996 0.521703100000         11           2.09
           7.086 0.569532790000         12           2.32
           7.225 0.612579511000         13           2.58
           8.016 0.651321559900         14           2.87
           8.016 0.686189403910         14           3.19
           8.335 0.717570463519         15           3.54
           8.335 0.745813417167         15           3.93
           8.610 0.771232075450         16           4.37
           8.610 0.794108867905         16           4.86
           8.708 0.814697981115         17           5.40
           8.708 0.833228183003         17           6.00
           8.708 0.849905364703         17           6.66
           8.823 0.864914828233         18           7.40
           8.823 0.878423345409         18           8.23
           8.823 0.890581010868         18           9.14
           9.044 0.901522909782         19          10.15
           9.044 0.911370618803         19          11.28
           9.044 0.920233556923         19          12.54
           9.044 0.928210201231         19          13.93
           9.044 0.935389181108         19          15.48
           9.044 0.941850262997         19          17.20
           9.044 0.947665236697         19          19.11
           9.191 0.952898713028         20          21.23
           9.191 1.000000000000         20
    #[Mean    =        6.264, StdDeviation   =        2.271]
    #[Max     =        9.191, TotalCount     =       20.000]
    #[Buckets =           32, SubBuckets     =         2048]

    """
}

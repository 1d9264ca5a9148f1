import Foundation
import Platform
import Records
import TestSupport
import Testing

/// The latency histogram beside PyPI's `hdrhistogram`, on the same values.
@Suite(.blocking) struct HistogramOracleTests {
  /// A Python with `hdrhistogram`: `SCALEUP_PYTHON`, or `python3`.
  private static let python: String? = {
    let environment = ProcessInfo.processInfo.environment
    let found = File.executable("python3", searchPath: environment["PATH"] ?? "")
    return [environment["SCALEUP_PYTHON"], found].compactMap(\.self).first {
      (try? Program(path: $0).run(["-c", "import hdrh.histogram"]).status) == 0
    }
  }()

  private static let script = """
    import io, sys
    from hdrh.histogram import HdrHistogram
    histogram = HdrHistogram(1, 3600000000000, 3)
    for line in open(sys.argv[1]):
        value, count = line.split()
        histogram.record_value(int(value), int(count))
    out = io.BytesIO()
    histogram.output_percentile_distribution(out, 1000000.0, 5)
    sys.stdout.write(out.getvalue().decode())
    """

  @Test(
    "every row of the distribution is that of hdrhistogram",
    .enabled(if: python != nil, "python3 has hdrhistogram (pip install hdrhistogram)"), arguments: 0..<5)
  func equalRows(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var (histogram, lines) = (LatencyHistogram(), "")
    for _ in 0..<[1, 10, 1000, 5000, 20_000][seed] {
      // From 1 ns to 1 h, each doubling as often as another.
      let value = (1 + random.next() % LatencyHistogram.mostTime) >> (random.next() % 41)
      let count = random.next() % 10 == 0 ? 1 + random.next() % 1000 : 1
      histogram.record(value, times: count)
      lines += "\(value) \(count)\n"
    }
    let folder = try Folder()
    try folder.write(lines, to: "values")
    let outcome = try Program(path: #require(Self.python)).run(["-c", Self.script, "values"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    func rows(_ text: String) -> [Substring] {
      // The last lines have the standard deviation, which Python's edition gives in another unit.
      text.split(separator: "\n").filter { !$0.contains("StdDeviation") }
    }
    #expect(rows(outcome.output).count > 4 && rows(outcome.output) == rows(histogram.hgrmText))
  }
}

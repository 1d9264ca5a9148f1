import Analysis
import Records
import Report
import Testing

struct FitReportTests {
  @Test("a fit matches its golden file")
  func fit() throws {
    try compare(fitReport(of: scaling([1, 2, 4, 8, 16, 32])), "fit.txt")
    try compare(fitReport(of: scaling([1, 2, 4, 8, 16, 32]), style: TextStyle(width: 60)), "fit60.txt")
  }

  @Test("refused laws match their golden file")
  func refused() throws {
    try compare(fitReport(of: scaling([1, 2.5, 4])), "fit-refused.txt")
    try compare(fitReport(of: scaling([2])), "fit-one.txt")
  }

  @Test("a perfect machine has no limit, and one that slows down with every worker has no peak")
  func extremes() {
    let perfect = ScalingFit([1.0, 2, 4, 8].map { ScalingSample(workers: $0, throughput: 3 * $0) })
    #expect(
      fitReport(of: perfect).contains(
        "Contention (α) is indistinguishable from zero: at most 0 % of the work."))
    #expect(!fitReport(of: perfect).contains("limit, speedup"))
    let falling = ScalingFit(
      [1.0, 2, 3, 4, 5, 6].map { ScalingSample(workers: $0, throughput: $0 / (1 + 2 * $0 * ($0 - 1))) })
    #expect(fitReport(of: falling).contains("throughput is greatest with one worker"))
  }

  @Test("a fit without data says so")
  func nothing() {
    #expect(fitReport(of: ScalingFit([])).contains("found 0"))
  }

  /// Two trials each of a machine with contention and coherency, and some noise.
  private func scaling(_ counts: [Double]) -> ScalingFit {
    ScalingFit(
      counts.enumerated().flatMap { index, workers in
        let throughput = 5000 * workers / (1 + 0.03 * (workers - 1) + 0.002 * workers * (workers - 1))
        let noise = index.isMultiple(of: 2) ? 1.004 : 0.997
        return [noise, noise * 1.01].map { ScalingSample(workers: workers, throughput: throughput * $0) }
      })
  }
}

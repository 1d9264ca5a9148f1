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

  @Test("falling throughput is named as such, and no share exceeds 100 %")
  func falling() {
    let report = fitReport(of: fit([(1, 100), (2, 60), (4, 40), (8, 30), (16, 25)]))
    #expect(
      report.contains(
        "Throughput falls from the first added worker: it is 75.00 % lower with 16 workers than with 1 worker."
      ))
    #expect(report.contains("Contention (α) is above 1"))
    #expect(report.contains("Not fitted: Amdahl's law does not allow throughput to fall"))
    #expect(!report.contains("(β) is indistinguishable from zero"))
    #expect(shares(in: report).allSatisfy { $0 <= 100 })
  }

  @Test("superlinear data are named as such, and no law predicts linear growth from them")
  func superlinear() {
    let report = fitReport(of: fit([(4, 20), (8, 45), (16, 110), (32, 260)]))
    #expect(report.contains("Measured speedups are over 4 workers."))
    #expect(
      report.contains(
        "The data are superlinear: throughput per worker is 1.625× as high with 32 workers as with 4 workers."
      ))
    #expect(report.contains("Not fitted: The universal scalability law allows linear growth at most"))
    #expect(!report.contains("extrapolated") && !report.contains("fits best"))
    #expect(shares(in: report).allSatisfy { $0 <= 100 })
  }

  @Test("a fall after the peak is named even if the law does not show it")
  func fall() {
    let report = fitReport(of: fit([(1, 100), (2, 180), (4, 200), (8, 150)]))
    #expect(report.contains("Throughput is greatest with 4 workers, and 25.00 % lower with 8 workers."))
    #expect(!report.contains("(β) is indistinguishable from zero"))
  }

  @Test("trials of one worker count that differ by more than twice are pointed out")
  func disagreement() {
    let report = fitReport(of: fit([(1, 1), (1, 20), (2, 2), (2, 4), (4, 3), (4, 7)]))
    #expect(
      report.contains(
        "Trials with the same worker count (1, 4) differ by more than twice, up to 20.00×: check"))
    #expect(!fitReport(of: fit([(1, 1), (1, 2), (2, 2), (4, 4)])).contains("differ by"))
  }

  @Test("a fit of one group has its values in the heading, on one line")
  func title() {
    let report = fitReport(of: fit([(1, 1), (2, 2)]), title: "size 64\n")
    #expect(report.hasPrefix("size 64\u{FFFD}: 2 trials, 2 worker counts from 1 to 2\n"))
  }

  private func fit(_ points: [(Double, Double)]) -> ScalingFit {
    ScalingFit(points.map { ScalingSample(workers: $0.0, throughput: $0.1) })
  }

  /// The percentages in the sentences of a report.
  private func shares(in report: String) -> [Double] {
    let words = report.split { $0 == " " || $0 == "\n" }
    return zip(words, words.dropFirst()).compactMap { $1.hasPrefix("%") ? Double($0) : nil }
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

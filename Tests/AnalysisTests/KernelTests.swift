import Analysis
import Records
import Testing

struct KernelTests {
  private func peer(_ model: String, upTo: UInt64 = 999_999, kernel: String = "scalar") -> Configuration {
    Configuration(model: model, isPeer: true, workload: "sum", kernel: kernel, workers: 2, upTo: upTo)
  }

  private func rows(_ configurations: [Configuration], _ trials: [Trial]) throws -> [ConfigurationAnalysis] {
    try #require(RunAnalysis(run(configurations, trials)).workloads.first).rows
  }

  @Test("a kernel has its speedup over single with the same kernel and with the scalar one")
  func overScalar() throws {
    let rows = try rows(
      [
        sum("single", 1), sum("fork", 2), sum("single", 1, kernel: "simd"), sum("fork", 2, kernel: "simd"),
        sum("fork", 2, kernel: "avx2"),
      ], [800, 400, 100, 80, 160].enumerated().map { measured($0, region: $1) })
    #expect(rows.map(\.speedup) == [1, 2, 1, 1.25, nil])
    #expect(rows.map(\.overScalar) == [1, 2, 8, 10, 5])
    #expect(rows.map(\.efficiency) == [1, 1, 1, 0.625, nil])
  }

  @Test("a kernel has no speedup over scalar if single did not run the scalar kernel")
  func noScalar() throws {
    let rows = try rows(
      [sum("single", 1, kernel: "simd"), sum("fork", 2, kernel: "simd")],
      [100, 50].enumerated().map { measured($0, region: $1) })
    #expect(rows.map(\.speedup) == [1, 2])
    #expect(rows.map(\.overScalar) == [nil, nil])
  }

  @Test("peers with another N share the table and are compared by rate")
  func otherAmount() throws {
    let rows = try rows(
      [sum("single", 1), peer("slow", upTo: 9999), peer("fast")],
      [measured(0, region: 1000), measured(1, region: 500, result: 49_995_000), measured(2, region: 250)])
    #expect(rows.map(\.configuration.upTo) == [999_999, 9999, 999_999])
    // A hundredth of the numbers in half the time.
    #expect(rows.map(\.speedup) == [1, 0.02, 4])
    #expect(rows.map(\.inexactAnswer) == [nil, nil, nil])
  }

  @Test("a peer is never the baseline or the fastest model, whatever its name and speed")
  func fastest() {
    let configurations = [
      sum("single", 1), sum("fork", 2), sum("fork", 2, kernel: "simd"), sum("dispatch", 2, kernel: "avx2"),
      peer("rust"), peer("go"), peer("c", kernel: "simd"), peer("slow", upTo: 9),
    ]
    let analysis = RunAnalysis(
      run(configurations, [800, 400, 40, 50, 90, 80, 1, 1].enumerated().map { measured($0, region: $1) }))
    #expect(analysis.fastest?.row.configuration == configurations[1])
    #expect(analysis.fastestWithVectors?.row.configuration == configurations[2])
    #expect(analysis.fastestPeer?.configuration == configurations[5])
  }

  @Test("the fastest model uses a vector kernel if the scalar one was not run")
  func vectorsAlone() {
    let analysis = RunAnalysis(run([sum("fork", 2, kernel: "simd")], [measured(0, region: 1)]))
    #expect(analysis.fastest?.row.configuration.kernel == "simd")
    #expect(analysis.fastestPeer == nil)
  }
}

struct InexactAnswerTests {
  private func answer(_ results: [UInt128], upTo: UInt64 = 999_999, workload: String = "sum") throws
    -> InexactAnswer?
  {
    let node = Configuration(model: "node", isPeer: true, workload: workload, workers: 2, upTo: upTo)
    let analysis = RunAnalysis(run([node], results.map { measured(0, region: 5, result: $0) }))
    return try #require(analysis.workloads.first?.rows.first).inexactAnswer
  }

  @Test("an inexact answer is the first wrong result of a row, with the right one")
  func first() throws {
    let answer = try #require(try answer([499_999_500_000, 499_999_500_001, 7]))
    #expect(answer.found == ExactInteger(499_999_500_001) && answer.right == ExactInteger(499_999_500_000))
    #expect(answer.relativeError == 1.0 / 499_999_500_000)
  }

  @Test("exact and unknown answers are not inexact")
  func none() throws {
    #expect(try answer([499_999_500_000, 499_999_500_000]) == nil)
    #expect(try answer([5], workload: "unknown") == nil)
    #expect(try answer([5], upTo: 11, workload: "primes") == nil)
  }

  @Test("the error of an answer is the same above and below, and relative only to a nonzero answer")
  func relativeError() throws {
    #expect(try answer([54], upTo: 9)?.relativeError == 0.2)
    #expect(try answer([36], upTo: 9)?.relativeError == 0.2)
    #expect(try answer([0], upTo: 9)?.relativeError == 1)
    #expect(try answer([.max], upTo: 9)?.relativeError == (Double(UInt128.max) - 45) / 45)
    let nothing = try #require(try answer([1], upTo: 0))
    #expect(nothing.relativeError == nil)
  }
}

struct ImbalanceTests {
  private func row(_ configuration: Configuration, _ reports: [TrialRecord]) throws -> ConfigurationAnalysis {
    let trials = reports.map { Trial(configuration: 0, round: 0, warmUp: false, report: $0) }
    return try #require(RunAnalysis(run([configuration], trials)).workloads.first?.rows.first)
  }

  private func report(region: UInt64, ends: [UInt64]? = nil, regions: [UInt64]? = nil) -> TrialRecord {
    var report = TrialRecord(result: ExactInteger(499_999_500_000), region: region)
    report.regions = regions
    report.shares = ends?.enumerated().map { worker, end in
      Share(worker: worker, result: ExactInteger(1), begin: 0, end: end, cpuTime: end)
    }
    return report
  }

  @Test("imbalance is the core time spent waiting for the last worker over that of the region, by the median")
  func imbalance() throws {
    let row = try row(
      sum("fork", 4),
      [
        report(region: 100, ends: [40, 80, 80, 80]), report(region: 200, ends: [200, 0, 0, 0]),
        report(region: 100, ends: [90, 90, 90, 90]),
      ])
    #expect(row.median(of: \.imbalance) == 0.1)
  }

  @Test("imbalance is absent for one worker, for a fixed time and without shares")
  func noImbalance() throws {
    #expect(try row(sum("fork", 1), [report(region: 9, ends: [5])]).median(of: \.imbalance) == nil)
    #expect(try row(stress("fork", 2), [report(region: 9, ends: [5, 7])]).median(of: \.imbalance) == nil)
    #expect(try row(sum("fork", 2), [report(region: 9)]).median(of: \.imbalance) == nil)
    #expect(try row(sum("fork", 2), [report(region: 9, ends: [])]).median(of: \.imbalance) == nil)
  }

  @Test("repeated regions have the time of the first and the median of the others")
  func regions() throws {
    let row = try row(
      sum("fork", 2),
      [
        report(region: 10, regions: [100, 30, 10, 20, 10]), report(region: 40, regions: [300, 50, 60, 40]),
        report(region: 25, regions: [200, 25]),
      ])
    #expect((row.region.minimum, row.region.median, row.region.maximum) == (15, 25, 50))
    #expect(row.median(of: \.firstRegion) == 200)
    #expect(row.rate.median == 1e6 / 25 * 1e9)
  }

  @Test("a region that is not repeated has no first time")
  func oneRegion() throws {
    let row = try row(sum("fork", 2), [report(region: 10)])
    #expect(row.region.median == 10 && row.median(of: \.firstRegion) == nil)
  }
}

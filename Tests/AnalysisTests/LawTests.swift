import Analysis
import Foundation
import Records
import Testing

struct LawTests {
  /// Throughput of a SPARCcenter 2000 under SPEC SDM91 by load: data set specsdm91 of the R package usl.
  static let machine: [(Double, Double)] = [
    (1, 64.9), (18, 995.9), (36, 1652.4), (72, 1853.2), (108, 1828.9), (144, 1775), (216, 1702.2),
  ]

  @Test("the fit gives the coefficients, standard errors and peak of the R package usl")
  func specification() throws {
    let fit = try #require(ScalingFit(samples(Self.machine)).fit(of: .usl))
    #expect(isClose(fit.value(of: .alpha), 0.0277285, 1e-5))
    #expect(isClose(fit.value(of: .beta), 0.0001044, 5e-4))
    #expect(isClose(fit.value(of: .gamma), 89.99523, 1e-6))
    #expect(isClose(fit[.alpha]?.standardError, 0.0091217, 1e-5))
    #expect(isClose(fit[.beta]?.standardError, 0.0000199, 2e-3))
    #expect(isClose(fit[.gamma]?.standardError, 14.2135, 1e-5))
    #expect(isClose(fit.peak?.value, 96.51956, 1e-6))
    #expect(isClose(fit.limit?.value, 1 / 0.0277285, 1e-5))
    #expect(fit.degreesOfFreedom == 4)
  }

  @Test("the published series of nginx gives the coefficients of SciPy, and is too short to name a law")
  func webServer() throws {
    // Requests per second by CPUs, from published sizing tests. SciPy 1.17.1, curve_fit with bounds.
    let points: [(Double, Double)] = [
      (1, 145_551), (2, 249_293), (4, 543_061), (8, 1_048_421), (16, 2_001_846), (32, 3_019_182),
    ]
    let fit = ScalingFit(samples(points))
    let usl = try #require(fit.fit(of: .usl))
    #expect(isClose(usl.value(of: .gamma), 137_314.798, 1e-6))
    #expect(usl.value(of: .alpha) == 0)
    #expect(isClose(usl.value(of: .beta), 4.57159159e-4, 1e-6))
    #expect(isClose(usl.peak?.value, 46.7698834, 1e-6))
    #expect(isClose(usl.residualStandardError, 23_960.13624, 1e-6))
    let amdahl = try #require(fit.fit(of: .amdahl))
    #expect(isClose(amdahl.value(of: .gamma), 155_917.150, 1e-6))
    #expect(isClose(amdahl.value(of: .f), 0.0205357275, 1e-6))
    #expect(isClose(amdahl.residualStandardError, 64_897.84713, 1e-6))
    let gustafson = try #require(fit.fit(of: .gustafson))
    #expect(isClose(gustafson.value(of: .gamma), 272_989.740, 1e-6))
    #expect(isClose(gustafson.value(of: .f), 0.654931087, 1e-6))
    #expect(fit.closest == nil && usl[.beta]?.interval.lower == 0)
  }

  @Test("the fit gives the coefficients in that package's own test")
  func packageTest() throws {
    let points: [(Double, Double)] = [
      (1, 1), (2, 1.8868), (4, 3.0769), (6, 3.5294), (8, 3.5398), (10, 3.3557),
    ]
    let fit = try #require(ScalingFit(samples(points)).fit(of: .usl))
    #expect(isClose(fit.value(of: .alpha), 0.02, 5e-4))
    #expect(isClose(fit.value(of: .beta), 0.02, 5e-4))
    #expect(isClose(fit.value(of: .gamma), 1, 1e-4))
  }

  @Test(
    "the fit recovers the coefficients that data were made from",
    arguments: [(0.0, 0.0), (0.03, 0.0005), (0.3, 0), (0, 0.01), (1, 0)])
  func exact(alpha: Double, beta: Double) throws {
    let points = [1, 1.5, 2, 4, 8, 16, 31.5].map { workers in
      (workers, 40 * workers / (1 + alpha * (workers - 1) + beta * workers * (workers - 1)))
    }
    let fit = try #require(ScalingFit(samples(points)).fit(of: .usl))
    #expect(isClose(fit.value(of: .gamma), 40, 1e-6))
    #expect(((fit.value(of: .alpha) ?? -1) - alpha).magnitude < 1e-7)
    #expect(((fit.value(of: .beta) ?? -1) - beta).magnitude < 1e-8)
    #expect((fit.limit == nil) == (alpha == 0))
    #expect((fit.peak == nil) == (beta == 0))
  }

  @Test(
    "Amdahl's and Gustafson's laws recover the serial part", arguments: [0, 0.1, 0.75, 1] as [Double])
  func serialPart(part: Double) throws {
    let workers: [Double] = [1, 2, 3, 4, 8]
    let amdahl = try #require(
      ScalingFit(samples(workers.map { ($0, 7 / (part + (1 - part) / $0)) })).fit(of: .amdahl))
    #expect(isClose(amdahl.value(of: .gamma), 7, 1e-6))
    #expect(((amdahl.value(of: .f) ?? -1) - part).magnitude < 1e-7)
    #expect(amdahl.peak == nil)
    let gustafson = try #require(
      ScalingFit(samples(workers.map { ($0, 7 * ($0 - part * ($0 - 1))) })).fit(of: .gustafson))
    #expect(isClose(gustafson.value(of: .gamma), 7, 1e-6))
    #expect(((gustafson.value(of: .f) ?? -1) - part).magnitude < 1e-7)
    #expect(gustafson.limit == nil)
  }

  @Test("a law predicts 2 and 4 times the cores, and marks what lies beyond the data")
  func predictions() throws {
    let points = [1.0, 2, 4, 8].map { ($0, $0 / (1 + 0.1 * ($0 - 1))) }
    let fit = try #require(ScalingFit(samples(points)).fit(of: .amdahl))
    #expect(fit.predictions.map(\.workers) == [16, 32])
    #expect(fit.predictions.allSatisfy { $0.isExtrapolated })
    #expect(isClose(fit.predictions.first?.speedup, 6.4, 1e-6))
    let within = try #require(ScalingFit(samples(points), cores: 4).fit(of: .amdahl))
    #expect(within.predictions.map(\.workers) == [8, 16])
    #expect(within.predictions.map(\.isExtrapolated) == [false, true])
  }

  @Test("a fit uses one median per worker count, whatever the order of the trials")
  func trials() throws {
    let noisy = Self.machine.flatMap { workers, rate in
      [(workers, rate * 5), (workers, rate), (workers, rate / 2)]
    }
    let fit = ScalingFit(samples(noisy.reversed()))
    #expect(fit.points.map(\.trials) == Array(repeating: 3, count: 7))
    #expect(fit.laws == ScalingFit(samples(Self.machine)).laws)
  }

  @Test("a fit does not depend on the unit of work")
  func units() throws {
    let small = try #require(ScalingFit(samples(Self.machine)).fit(of: .usl))
    let large = try #require(ScalingFit(samples(Self.machine.map { ($0, $1 * 1e90) })).fit(of: .usl))
    #expect(isClose(large.value(of: .alpha), try #require(small.value(of: .alpha)), 1e-9))
    #expect(isClose(large[.gamma]?.standardError, try #require(small[.gamma]).standardError * 1e90, 1e-9))
    #expect(isClose(large.peak?.upper, try #require(small.peak?.upper), 1e-6))
  }

  private func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
    value.map { ($0 - expected).magnitude <= tolerance * expected.magnitude } ?? false
  }
}

struct LawFitErrorTests {
  @Test("a law needs one more worker count than it has coefficients", arguments: 1...5)
  func tooFew(count: Int) {
    // Trials do not make up for numbers of workers.
    let points = (0..<20).map { (Double($0 % count + 1), Double($0 + 1)) }
    let fit = ScalingFit(samples(points))
    #expect((fit.fit(of: .amdahl) != nil) == (count >= 3))
    #expect((fit.fit(of: .gustafson) != nil) == (count >= 3))
    #expect((fit.fit(of: .usl) != nil) == (count >= 4))
  }

  @Test("a refusal says how many worker counts the law needs")
  func sentence() {
    guard case .failure(let error) = ScalingFit(samples([(4, 1)])).laws[2] else {
      Issue.record("it was fitted")
      return
    }
    #expect(
      "\(error)"
        == "The universal scalability law needs at least 4 worker counts (found 1; measure more).")
  }

  @Test("a law is refused if the data cannot separate its coefficients")
  func undetermined() {
    let points: [(Double, Double)] = [(1, 1), (1.0000001, 2), (1.0000002, 3), (1.0000003, 1)]
    guard case .failure(let error) = ScalingFit(samples(points)).laws[2] else {
      Issue.record("it was fitted")
      return
    }
    #expect(error.reason == .undetermined)
  }

  @Test("all laws are refused if there is nothing to fit")
  func nothing() {
    let fit = ScalingFit([])
    #expect(fit.points == [])
    #expect(fit.closest == nil)
    #expect(fit.laws.allSatisfy { (try? $0.get()) == nil })
  }
}

func samples(_ points: [(Double, Double)]) -> [ScalingSample] {
  points.map { ScalingSample(workers: $0.0, throughput: $0.1) }
}

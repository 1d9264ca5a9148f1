@testable import Statistics
import Testing

struct DistributionTests {
  /// From SciPy: scipy.stats.norm.ppf.
  @Test(
    "normal quantiles agree with SciPy",
    arguments: [
      (1e-300, -37.0470962993612), (1e-10, -6.361340902404056), (0.001, -3.090232306167813),
      (0.025, -1.9599639845400545), (0.3, -0.5244005127080409), (0.8413447460685429, 1.0),
      (0.999, 3.090232306167813),
    ])
  func normalQuantile(probability: Double, value: Double) {
    #expect(isClose(NormalDistribution.quantile(probability), value, 1e-13))
  }

  @Test("normal probabilities invert the quantiles")
  func roundTrip() throws {
    for step in 1..<1000 {
      let probability = Double(step) / 1000
      let x = try #require(NormalDistribution.quantile(probability))
      #expect(isClose(NormalDistribution.probability(upTo: x), probability, 1e-13))
    }
    #expect(NormalDistribution.quantile(0.5).map { $0.magnitude < 1e-15 } == true)
  }

  @Test("a normal quantile exists between 0 and 1 only", arguments: [0, 1, -0.5, 2, .nan])
  func noQuantile(probability: Double) {
    #expect(NormalDistribution.quantile(probability) == nil)
  }

  /// From SciPy: scipy.stats.t.ppf(0.975, …).
  @Test(
    "Student's t agrees with SciPy",
    arguments: [
      (1, 12.706204736174694), (2, 4.302652729749462), (3, 3.1824463052837078), (4, 2.7764451051977934),
      (5, 2.5705818356363146), (10, 2.228138851986274), (19, 2.0930240544083087), (30, 2.0422724563012378),
      (100, 1.9839715185235518), (200, 1.9718962236339088), (201, 1.971836506779859),
      (1000, 1.9623390808264083),
    ])
  func student(degrees: Int, t: Double) {
    #expect(isClose(StudentDistribution.twoSided(level: 0.95, degreesOfFreedom: degrees), t, 1e-9))
  }

  @Test("Student's t exists for other levels, and not for impossible ones")
  func otherLevels() {
    #expect(isClose(StudentDistribution.twoSided(level: 0.999, degreesOfFreedom: 3), 12.923978636687961))
    #expect(StudentDistribution.twoSided(level: 1, degreesOfFreedom: 3) == nil)
    #expect(StudentDistribution.twoSided(level: 0.95, degreesOfFreedom: 0) == nil)
  }
}

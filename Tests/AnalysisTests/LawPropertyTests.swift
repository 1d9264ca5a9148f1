import Analysis
import Foundation
import Records
import TestSupport
import Testing

/// Properties of laws fitted to any data, and the coverage of their intervals.
struct LawPropertyTests {
  @Test("fitted coefficients are finite and lie in their intervals, whatever the data")
  func anything() {
    var generator = SplitMix64(seed: 51)
    for _ in 0..<300 {
      let points = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        let workers = Double(Int.random(in: 1...40, using: &generator)) / 2
        return (workers, exp(Double.random(in: -8...8, using: &generator)))
      }
      for case .success(let fit) in ScalingFit(samples(points)).laws {
        for coefficient in fit.coefficients {
          #expect(coefficient.value.isFinite && coefficient.standardError.isFinite)
          #expect(coefficient.interval.contains(coefficient.value))
          #expect(coefficient.interval.lower >= 0 && coefficient.interval.upper.isFinite)
        }
        for prediction in fit.predictions {
          #expect(prediction.interval.contains(prediction.speedup))
          #expect(prediction.interval.lower > 0 && prediction.interval.upper <= prediction.workers)
        }
        for estimate in [fit.peak, fit.limit].compactMap(\.self) {
          #expect(estimate.lower > 0 && estimate.lower <= estimate.value)
          #expect(estimate.value <= estimate.upper ?? .infinity)
        }
      }
    }
  }

  @Test("a fit leaves a smaller residual than any other coefficients")
  func least() throws {
    var generator = SplitMix64(seed: 52)
    for _ in 0..<40 {
      let points = [1.0, 2, 4, 6, 8, 12].map { ($0, $0 * exp(Double.random(in: -1...0, using: &generator))) }
      for case .success(let fit) in ScalingFit(samples(points)).laws {
        let gamma = try #require(fit.value(of: .gamma))
        let squares = squares(points) { gamma * fit.speedup(at: $0) }
        for _ in 0..<60 {
          let (c, a, b) = (
            gamma * exp(Double.random(in: -1...1, using: &generator)),
            Double.random(in: 0...1, using: &generator),
            fit.law == .usl ? pow(Double.random(in: 0...1, using: &generator), 4) : 0
          )
          let other = self.squares(points) { n in
            fit.law == .gustafson ? c * (n - a * (n - 1)) : c * n / (1 + a * (n - 1) + b * n * (n - 1))
          }
          #expect(squares <= other * (1 + 1e-9))
        }
      }
    }
  }

  @Test(
    "intervals of the universal law cover the truth in at least 93 % of fits, for either noise and at its bounds",
    arguments: [true, false])
  func coverage(isProportional: Bool) throws {
    for (alpha, beta) in [(0.03, 0.0005), (0.05, 0), (0, 0.002), (0.3, 0.01)] {
      var generator = SplitMix64(seed: 53)
      func truth(_ n: Double) -> Double { n / (1 + alpha * (n - 1) + beta * n * (n - 1)) }
      var (alphas, betas, twice, fourfold) = (0, 0, 0, 0)
      for _ in 0..<160 {
        let points = [1.0, 2, 4, 8, 16, 32].map { n in
          (n, truth(n) + 0.01 * (isProportional ? truth(n) : 5) * normal(&generator))
        }
        let fit = try #require(ScalingFit(samples(points)).fit(of: .usl))
        if fit[.alpha]?.interval.contains(alpha) == true { alphas += 1 }
        if fit[.beta]?.interval.contains(beta) == true { betas += 1 }
        if fit.predictions[0].interval.contains(truth(64)) { twice += 1 }
        if fit.predictions[1].interval.contains(truth(128)) { fourfold += 1 }
      }
      let counts = [alphas, betas, twice, fourfold]
      print(
        "α = \(alpha), β = \(beta), \(isProportional ? "proportional" : "constant") noise: the intervals of α, β and "
          + "the speedups at 2 and 4 times the workers cover the truth in "
          + counts.map { "\((Double($0) / 1.6).rounded()) %" }.joined(separator: ", "))
      #expect(counts.allSatisfy { $0 >= 149 })
    }
  }

  private func squares(_ points: [(Double, Double)], _ curve: (Double) -> Double) -> Double {
    points.reduce(0) { $0 + ($1.1 - curve($1.0)) * ($1.1 - curve($1.0)) }
  }

  /// A value of the normal distribution (Box and Muller, 1958).
  private func normal(_ generator: inout SplitMix64) -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator)))
      .squareRoot()
    return radius * cos(Double.random(in: 0..<2 * .pi, using: &generator))
  }
}

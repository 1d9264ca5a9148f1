import Analysis
import Foundation
import TestSupport
import Testing

/// The least squares are those of all coefficients, not of those near a start.
struct LawSearchTests {
  private func squares(_ fit: LawFit) -> Double {
    fit.residualStandardError * fit.residualStandardError * Double(fit.degreesOfFreedom)
  }

  /// The least sum of squares over a dense grid of the other coefficients, each with the best γ.
  private func scanned(_ law: ScalingLaw, _ points: [(Double, Double)]) -> Double {
    let grid: [Double] = [0] + (0..<120).map { pow(10, -6 + Double($0) / 15) }
    let others: [[Double]]
    if law == .usl {
      others = grid.flatMap { alpha in grid.map { [alpha, $0] } }
    } else {
      let shares: [Double] = (0...2000).map { Double($0) / 2000 }
      others = (shares + grid.filter { $0 <= 1 }).map { [$0] }
    }
    return others.map { other in
      let shapes = points.map { point -> Double in
        let workers = point.0
        return switch law {
        case .amdahl: workers / (1 + other[0] * (workers - 1))
        case .gustafson: workers - other[0] * (workers - 1)
        case .usl: workers / (1 + other[0] * (workers - 1) + other[1] * workers * (workers - 1))
        }
      }
      let products = zip(shapes, points).reduce(0) { $0 + $1.0 * $1.1.1 }
      let gamma = max(0, products / shapes.reduce(0) { $0 + $1 * $1 })
      return zip(shapes, points).reduce(0) { $0 + ($1.1.1 - gamma * $1.0) * ($1.1.1 - gamma * $1.0) }
    }.min() ?? .infinity
  }

  @Test("the best fit is found although another low point is nearer to the usual starts")
  func known() throws {
    let points: [(Double, Double)] = [(2, 0.344), (3, 2.3353), (4, 2.2298), (6, 3.7081), (9, 0.4997)]
    let amdahl = try #require(ScalingFit(samples(points)).fit(of: .amdahl))
    #expect(abs(try #require(amdahl.value(of: .f)) - 0.433) < 0.001)
  }

  @Test("no coefficients on a dense grid fit better, for adversarial throughputs")
  func global() {
    var generator = SplitMix64(seed: 81)
    var undetermined = 0
    for _ in 0..<60 {
      var workers = Set<Double>()
      while workers.count < 5 { workers.insert(Double(Int.random(in: 1...20, using: &generator))) }
      let points = workers.sorted().map { ($0, 4 * generator.uniform() * generator.uniform() + 0.01) }
      let fit = ScalingFit(samples(points))
      for law in fit.laws {
        switch law {
        case .success(let found):
          #expect(squares(found) <= scanned(found.law, points) * (1 + 1e-6), "\(found.law) of \(points)")
        case .failure(let error):
          if error.reason == .undetermined { undetermined += 1 }
        }
      }
    }
    // γ is not determined where the best α or β is infinite.
    #expect(undetermined <= 40, "\(undetermined) of 180 fits are undetermined")
  }

  @Test("predicted speedups are over the measured throughput of single, like those beside them")
  func reference() throws {
    let points: [(Double, Double)] = [(1, 1.2), (2, 1.9), (4, 3.5), (8, 6), (16, 9)]
    let own = try #require(ScalingFit(samples(points)).fit(of: .amdahl))
    let over = try #require(ScalingFit(samples(points), single: 0.9).fit(of: .amdahl))
    let gain = try #require(own.value(of: .gamma)) / 0.9
    #expect(over.coefficients == own.coefficients)
    for (one, other) in zip(own.predictions, over.predictions) {
      #expect(abs(other.speedup / (one.speedup * gain) - 1) < 1e-12)
      #expect(
        other.interval.contains(other.speedup) && abs(over.speedup(at: other.workers) - other.speedup) < 1e-9)
    }
    #expect(abs(try #require(over.limit).value / (try #require(own.limit).value * gain) - 1) < 1e-12)
  }
}

import Foundation
import Statistics
import TestSupport
import Testing

struct LeastSquaresTests {
  private let free = -1e9...1e9

  /// A straight line; its fit is known in closed form.
  private let line: LeastSquares.Curve = { coefficients, x, gradient in
    (gradient[0], gradient[1]) = (1, x)
    return coefficients[0] + coefficients[1] * x
  }

  /// A rise to a limit.
  private let saturation: LeastSquares.Curve = { coefficients, x, gradient in
    let rest = exp(-coefficients[1] * x)
    (gradient[0], gradient[1]) = (1 - rest, coefficients[0] * x * rest)
    return coefficients[0] * (1 - rest)
  }

  @Test("a fitted line has the textbook's coefficients and standard errors")
  func straight() throws {
    let points: LeastSquares.Points = [(1, 2.1), (2, 3.9), (3, 6.2), (4, 7.8), (5, 10.1)]
    let fit = try #require(LeastSquares(line, to: points, from: [[0, 0]], within: [free, free]))
    // scipy.stats.linregress: slope 1.99, its standard error 0.0597…; intercept 0.05 and 0.198….
    #expect(isClose(fit.coefficients[1], 1.99, 1e-9))
    #expect(isClose(fit.coefficients[0], 0.05, 1e-7))
    #expect(isClose(fit.residualSquares, 0.107, 1e-9))
    #expect(isClose(fit.standardErrors[1], (0.107 / 3 / 10).squareRoot(), 1e-9))
    #expect(isClose(fit.standardErrors[0], (0.107 / 3 * (0.2 + 9.0 / 10)).squareRoot(), 1e-9))
    #expect(fit.degreesOfFreedom == 3)
  }

  /// Misra1a of the Statistical Reference Datasets of NIST, with its certified values, from its hard start.
  @Test("the fit reaches the certified values of NIST's Misra1a")
  func misra() throws {
    let x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0]
    let y = [
      10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
    ]
    let points = zip(x, y).map { (x: $0, y: $1) }
    let fit = try #require(
      LeastSquares(saturation, to: points, from: [[500, 0.0001]], within: [free, free]))
    #expect(isClose(fit.coefficients[0], 238.94212918, 1e-8))
    #expect(isClose(fit.coefficients[1], 5.5015643181e-4, 1e-8))
    #expect(isClose(fit.standardErrors[0], 2.7070075241, 1e-6))
    #expect(isClose(fit.standardErrors[1], 7.2668688436e-6, 1e-6))
    #expect(isClose(fit.residualSquares, 0.12455138894, 1e-8))
    #expect(isClose(fit.residualStandardError, 0.10187876330, 1e-8))
  }

  @Test("a coefficient stops at its bound, and the other is at its best there")
  func bounded() throws {
    let points: LeastSquares.Points = [(1, 2.1), (2, 3.9), (3, 6.2), (4, 7.8), (5, 10.1)]
    let fit = try #require(LeastSquares(line, to: points, from: [[3, 0]], within: [1...9, free]))
    #expect(fit.coefficients[0] == 1)
    // The best slope through (0, 1): Σ x (y − 1) / Σ x².
    #expect(isClose(fit.coefficients[1], 95.2 / 55, 1e-9))
    #expect(fit.standardErrors.allSatisfy { $0.isFinite && $0 > 0 })
  }

  @Test(
    "a fit is nil with too few points, inseparable coefficients or an undefined curve"
  )
  func undefined() {
    #expect(LeastSquares(line, to: [(1, 1), (2, 2)], from: [[0, 0]], within: [free, free]) == nil)
    let places: LeastSquares.Points = [(2, 1), (2, 2), (2, 4)]
    #expect(LeastSquares(line, to: places, from: [[0, 0]], within: [free, free]) == nil)
    let points: LeastSquares.Points = [(1, 1), (2, 2), (3, .nan)]
    #expect(LeastSquares(line, to: points, from: [[0, 0]], within: [free, free]) == nil)
  }
}

/// A least-squares fit of a curve to points.
public struct LeastSquares: Equatable, Sendable {
  /// The points.
  public typealias Points = [(x: Double, y: Double)]
  /// A curve: returns its value at x and stores its derivatives with respect to the coefficients.
  public typealias Curve = (
    _ coefficients: [Double], _ x: Double, _ gradient: inout [Double]
  ) -> Double

  /// The coefficients that minimize the sum of squares.
  public let coefficients: [Double]
  /// Their standard errors for noise of constant variance: the roots of the diagonal of (JᵀJ)⁻¹ times the
  /// variance of the residuals, with J linearized at the coefficients. A coefficient at its bound is treated
  /// as unbounded.
  public let standardErrors: [Double]
  /// The sum of the squared residuals.
  public let residualSquares: Double
  /// The number of points minus the number of coefficients, at least 1.
  public let degreesOfFreedom: Int

  /// The standard deviation of the residuals: the square root of the residual sum of squares over the degrees
  /// of freedom.
  public var residualStandardError: Double {
    (residualSquares / Double(degreesOfFreedom)).squareRoot()
  }

  /// The covariances for noise of constant variance, and for noise proportional to the curve.
  private let (constant, proportional): (SymmetricMatrix, SymmetricMatrix)

  /// Fits a curve with the Levenberg-Marquardt method (Marquardt, "An Algorithm for Least-Squares Estimation
  /// of Nonlinear Parameters", SIAM Journal 11 (1963)). Steps are cut at the bounds, and coefficients that
  /// press on their bound are left out of the next step (Bertsekas, "Projected Newton Methods", SIAM Journal
  /// on Control and Optimization 20 (1982)).
  ///
  /// - Parameters:
  ///   - curve: The curve.
  ///   - points: The points.
  ///   - starts: Initial coefficients; the best result of all is used.
  ///   - bounds: The range of each coefficient.
  /// - Returns: `nil` if there are too few points for the coefficients, if no start converges, or if the
  ///   points do not determine the coefficients: JᵀJ has no inverse.
  public init?(
    _ curve: Curve, to points: Points, from starts: [[Double]], within bounds: [ClosedRange<Double>]
  ) {
    guard points.count > bounds.count else { return nil }
    guard let best = Self.lowest(curve, points, starts, bounds), let inverse = best.curvature.inverse else {
      return nil
    }
    coefficients = best.coefficients
    residualSquares = best.squares
    degreesOfFreedom = points.count - bounds.count
    constant = inverse.scaled(by: best.squares / Double(degreesOfFreedom))
    standardErrors = constant.diagonal.map { $0.squareRoot() }
    proportional = Self.proportionalCovariance(curve, points, coefficients, inverse)
  }

  /// Returns (JᵀJ)⁻¹ JᵀVJ (JᵀJ)⁻¹, with V the variances of noise proportional to the curve.
  ///
  /// Through the fit, such noise at the high points also affects the residuals of the low ones. Therefore the
  /// sum of the relative squares is divided by its expectation for a noise of 1: Σ (I − H)² X² / X², with H =
  /// J (JᵀJ)⁻¹ Jᵀ.
  private static func proportionalCovariance(
    _ curve: Curve, _ points: Points, _ coefficients: [Double], _ inverse: SymmetricMatrix
  ) -> SymmetricMatrix {
    var gradient = coefficients
    var curvature = SymmetricMatrix(size: coefficients.count)
    for point in points {
      let value = curve(coefficients, point.x, &gradient)
      curvature.addProduct(of: gradient, times: value * value)
    }
    let unscaled = curvature.enclosed(by: inverse)
    var (squares, expected) = (0.0, 0.0)
    for point in points {
      let value = curve(coefficients, point.x, &gradient)
      if value == 0 { continue }
      let relative = point.y / value - 1
      squares += relative * relative
      expected += 1 - 2 * inverse.product(gradient) + unscaled.product(gradient) / (value * value)
    }
    return unscaled.scaled(by: expected > 0 ? squares / expected : 0)
  }

  /// Returns the standard deviation of a linear combination of the coefficients: the greater of the values
  /// for noise of constant variance and for noise proportional to the curve.
  ///
  /// The kind of noise is unknown, and a handful of points cannot reveal it. For simulated throughputs with
  /// proportional noise, the 95 % intervals of the first alone covered the true value in only 60 to 80 %; the
  /// greater covers it in 95 % or more for both kinds. (JᵀJ)⁻¹ JᵀVJ (JᵀJ)⁻¹: White, "A
  /// Heteroskedasticity-Consistent Covariance Matrix Estimator", Econometrica 48 (1980).
  ///
  /// - Parameter factors: One factor per coefficient.
  public func deviation(of factors: [Double]) -> Double {
    max(0, constant.product(factors), proportional.product(factors)).squareRoot()
  }

  /// The sum of squares at given coefficients, with half of its first and second derivatives.
  private struct Place {
    let coefficients: [Double]
    let squares: Double
    let descent: [Double]
    let curvature: SymmetricMatrix

    /// Evaluates the curve; returns `nil` if a value is not finite.
    init?(_ curve: Curve, _ points: Points, _ coefficients: [Double]) {
      let size = coefficients.count
      var gradient = [Double](repeating: 0, count: size)
      var squares = 0.0
      var descent = gradient
      var curvature = SymmetricMatrix(size: size)
      for point in points {
        let residual = point.y - curve(coefficients, point.x, &gradient)
        squares += residual * residual
        for row in 0..<size { descent[row] += residual * gradient[row] }
        curvature.addProduct(of: gradient, times: 1)
      }
      guard squares.isFinite, descent.allSatisfy(\.isFinite) else { return nil }
      self.coefficients = coefficients
      self.squares = squares
      self.descent = descent
      self.curvature = curvature
    }
  }

  /// Returns the best result of all starts. For very many points, the search begins with a subset of them.
  private static func lowest(
    _ curve: Curve, _ points: Points, _ starts: [[Double]], _ bounds: [ClosedRange<Double>]
  ) -> Place? {
    let few = 2000
    if points.count > 2 * few {
      let part = stride(from: 0, to: points.count, by: points.count / few).map { points[$0] }
      if let start = lowest(curve, part, starts, bounds)?.coefficients {
        return descend(curve, points, start, bounds)
      }
    }
    return starts.compactMap { descend(curve, points, $0, bounds) }.min { $0.squares < $1.squares }
  }

  private static func descend(
    _ curve: Curve, _ points: Points, _ start: [Double], _ bounds: [ClosedRange<Double>]
  ) -> Place? {
    guard var place = Place(curve, points, start) else { return nil }
    var damping = 1e-3
    var gain = 1.0
    for _ in 0..<500 {
      let free = place.coefficients.indices.filter { index in
        let value = place.coefficients[index]
        let isHeldBelow = value <= bounds[index].lowerBound && place.descent[index] <= 0
        let isHeldAbove = value >= bounds[index].upperBound && place.descent[index] >= 0
        return !isHeldBelow && !isHeldAbove
      }
      let damped = place.curvature.part(free).damped(by: damping)
      guard !free.isEmpty, let step = damped.solve(free.map { place.descent[$0] }) else { return place }
      var next = place.coefficients
      for (index, change) in zip(free, step) {
        next[index] = min(max(next[index] + change, bounds[index].lowerBound), bounds[index].upperBound)
      }
      if next == place.coefficients { return place }
      if let trial = Place(curve, points, next), trial.squares < place.squares {
        let isSettled = zip(next, place.coefficients).allSatisfy {
          ($0 - $1).magnitude <= 1e-13 * $0.magnitude
        }
        gain = 1 - trial.squares / place.squares
        place = trial
        if isSettled { return place }
        damping = max(damping / 10, 1e-14)
      } else {
        damping *= 10
        // Even the shortest step does not reduce the sum of squares.
        if damping > 1e12 { return place }
      }
    }
    // If the residuals are large, the last digits converge slowly.
    return gain < 1e-9 ? place : nil
  }
}

import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension ScalingLaw {
  /// Returns coefficients near every low point of the sum of squares, from which to search: the sum can have several.
  ///
  /// γ is linear in the throughput, so that for any other coefficients its best value has a closed form (variable
  /// projection: Golub and Pereyra, "The Differentiation of Pseudo-Inverses and Nonlinear Least Squares Problems Whose
  /// Variables Separate", SIAM Journal on Numerical Analysis 10 (1973)). The others are looked for on a grid over all
  /// their values, whose steps are equal parts of themselves.
  func starts(_ points: LeastSquares.Points) -> [[Double]] {
    let greatest = max(2, points.map(\.x).max() ?? 2)
    let first = Self.grid(self == .usl ? 24 : 240, least: 1e-4 / greatest, greatest: self == .usl ? 100 : 1)
    let second =
      self == .usl ? Self.grid(24, least: 1e-4 / (greatest * greatest), greatest: 100) : [0]
    let heights = first.map { one in second.map { projected([one, $0], points) } }
    // Beyond the grid there is nothing lower.
    let isLow = { (row: Int, column: Int) in
      (max(0, row - 1)...min(first.count - 1, row + 1)).allSatisfy { near in
        (max(0, column - 1)...min(second.count - 1, column + 1)).allSatisfy {
          heights[row][column].squares <= heights[near][$0].squares
        }
      }
    }
    let low = first.indices.flatMap { row in second.indices.filter { isLow(row, $0) }.map { (row, $0) } }
    return low.map { heights[$0][$1] }.sorted { $0.squares < $1.squares }.prefix(6).map(\.coefficients)
  }

  /// Returns 0 and values in equal ratios.
  private static func grid(_ count: Int, least: Double, greatest: Double) -> [Double] {
    [0] + (0..<count).map { least * pow(greatest / least, Double($0) / Double(count - 1)) }
  }

  /// Returns the coefficients with the best γ for the others, and their sum of squares.
  private func projected(_ others: [Double], _ points: LeastSquares.Points) -> (
    coefficients: [Double], squares: Double
  ) {
    var coefficients = [1] + others.prefix(self.coefficients.count - 1)
    var gradient = coefficients
    var (products, squares) = (0.0, 0.0)
    for point in points {
      let value = curve(coefficients, point.x, &gradient)
      products += value * point.y
      squares += value * value
    }
    coefficients[0] = squares > 0 ? max(0, products / squares) : 0
    let residuals = points.reduce(0) { sum, point in
      let residual = point.y - curve(coefficients, point.x, &gradient)
      return sum + residual * residual
    }
    return (coefficients, residuals)
  }
}

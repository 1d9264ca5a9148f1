/// A small symmetric matrix, positive semidefinite apart from rounding.
struct SymmetricMatrix: Equatable, Sendable {
  /// The number of rows and columns.
  private let size: Int
  /// The elements in row-major order.
  private var elements: [Double]

  /// Creates a matrix of zeros.
  init(size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  /// Creates a matrix from the elements on and below the diagonal.
  private init(size: Int, _ element: (_ row: Int, _ column: Int) -> Double) {
    self.init(size: size)
    for row in 0..<size {
      for column in 0...row {
        self[row, column] = element(row, column)
        self[column, row] = self[row, column]
      }
    }
  }

  private subscript(_ row: Int, _ column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// The elements of the diagonal.
  var diagonal: [Double] { (0..<size).map { self[$0, $0] } }

  /// Adds vvᵀ times `factor`.
  mutating func addProduct(of vector: [Double], times factor: Double) {
    for row in 0..<size {
      for column in 0..<size { self[row, column] += vector[row] * vector[column] * factor }
    }
  }

  /// Returns vᵀAv.
  func product(_ vector: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<size {
      for column in 0..<size { sum += self[row, column] * vector[row] * vector[column] }
    }
    return sum
  }

  /// Returns BAB.
  func enclosed(by other: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(size: size) { row, column in
      var sum = 0.0
      for inner in 0..<size {
        for innermost in 0..<size {
          sum += other[row, inner] * self[inner, innermost] * other[innermost, column]
        }
      }
      return sum
    }
  }

  /// Returns the matrix times `factor`.
  func scaled(by factor: Double) -> SymmetricMatrix {
    SymmetricMatrix(size: size) { self[$0, $1] * factor }
  }

  /// Returns the submatrix of the rows and columns with the given numbers.
  func part(_ kept: [Int]) -> SymmetricMatrix {
    SymmetricMatrix(size: kept.count) { self[kept[$0], kept[$1]] }
  }

  /// Returns the matrix with its diagonal increased by a given fraction.
  func damped(by part: Double) -> SymmetricMatrix {
    SymmetricMatrix(size: size) { self[$0, $1] * ($0 == $1 ? 1 + part : 1) }
  }

  /// Returns the solution x of Ax = `vector`; `nil` if there is no inverse.
  func solve(_ vector: [Double]) -> [Double]? {
    guard let (root, scale) = scaledRoot else { return nil }
    return Self.solve(root, zip(vector, scale).map { $0 * $1 }).enumerated().map { $1 * scale[$0] }
  }

  /// The inverse; `nil` if there is none, or if rounding would make it meaningless.
  var inverse: SymmetricMatrix? {
    guard let (root, scale) = scaledRoot else { return nil }
    let columns = (0..<size).map { column in
      Self.solve(root, (0..<size).map { $0 == column ? 1 : 0 })
    }
    return SymmetricMatrix(size: size) { columns[$1][$0] * scale[$0] * scale[$1] }
  }

  /// The Cholesky factor of the matrix scaled to a unit diagonal, so that the units of the rows do not
  /// matter.
  private var scaledRoot: (root: SymmetricMatrix, scale: [Double])? {
    let scale = diagonal.map { 1 / $0.squareRoot() }
    guard scale.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    var root = self
    for row in 0..<size {
      for column in 0...row {
        var value = self[row, column] * scale[row] * scale[column]
        for inner in 0..<column { value -= root[row, inner] * root[column, inner] }
        if row == column {
          // What remains of 1 is independent of the rows above; below this limit it is rounding.
          guard value > 1e-13 else { return nil }
          root[row, row] = value.squareRoot()
        } else {
          root[row, column] = value / root[column, column]
        }
      }
    }
    return (root, scale)
  }

  /// Solves with a Cholesky factor; only the elements on and below the diagonal are used.
  private static func solve(_ root: SymmetricMatrix, _ vector: [Double]) -> [Double] {
    var solution = vector
    for row in solution.indices {
      for column in 0..<row { solution[row] -= root[row, column] * solution[column] }
      solution[row] /= root[row, row]
    }
    for row in solution.indices.reversed() {
      for column in row + 1..<solution.count { solution[row] -= root[column, row] * solution[column] }
      solution[row] /= root[row, row]
    }
    return solution
  }
}

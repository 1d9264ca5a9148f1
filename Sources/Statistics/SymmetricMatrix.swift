/// A small symmetric matrix, positive semidefinite but for rounding.
struct SymmetricMatrix: Equatable, Sendable {
  /// The number of rows, and of columns.
  private let size: Int
  /// The rows, one after the other.
  private var elements: [Double]

  /// A matrix of zeros.
  init(size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  /// A matrix by its elements; what is right of the diagonal is taken from the left of it.
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

  /// Adds vvᵀ, so many times.
  mutating func addProduct(of vector: [Double], times factor: Double) {
    for row in 0..<size {
      for column in 0..<size { self[row, column] += vector[row] * vector[column] * factor }
    }
  }

  /// vᵀAv.
  func product(_ vector: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<size {
      for column in 0..<size { sum += self[row, column] * vector[row] * vector[column] }
    }
    return sum
  }

  /// BAB.
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

  /// The matrix, so many times.
  func scaled(by factor: Double) -> SymmetricMatrix {
    SymmetricMatrix(size: size) { self[$0, $1] * factor }
  }

  /// The rows and columns with the given numbers.
  func part(_ kept: [Int]) -> SymmetricMatrix {
    SymmetricMatrix(size: kept.count) { self[kept[$0], kept[$1]] }
  }

  /// The matrix with its diagonal made greater by a given part.
  func damped(by part: Double) -> SymmetricMatrix {
    SymmetricMatrix(size: size) { self[$0, $1] * ($0 == $1 ? 1 + part : 1) }
  }

  /// The vector that the matrix turns into the given one; `nil` where there is no inverse.
  func solve(_ vector: [Double]) -> [Double]? {
    guard let (root, scale) = scaledRoot else { return nil }
    return Self.solve(root, zip(vector, scale).map { $0 * $1 }).enumerated().map { $1 * scale[$0] }
  }

  /// The inverse; `nil` where there is none, or none that rounding does not make meaningless.
  var inverse: SymmetricMatrix? {
    guard let (root, scale) = scaledRoot else { return nil }
    let columns = (0..<size).map { column in
      Self.solve(root, (0..<size).map { $0 == column ? 1 : 0 })
    }
    return SymmetricMatrix(size: size) { columns[$1][$0] * scale[$0] * scale[$1] }
  }

  /// The root of Cholesky of the matrix, scaled so that the diagonal is 1: the units of the rows then do not matter.
  private var scaledRoot: (root: SymmetricMatrix, scale: [Double])? {
    let scale = diagonal.map { 1 / $0.squareRoot() }
    guard scale.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    var root = self
    for row in 0..<size {
      for column in 0...row {
        var value = self[row, column] * scale[row] * scale[column]
        for inner in 0..<column { value -= root[row, inner] * root[column, inner] }
        if row == column {
          // What is left of 1 is what the rows above do not tell; under this it is rounding.
          guard value > 1e-13 else { return nil }
          root[row, row] = value.squareRoot()
        } else {
          root[row, column] = value / root[column, column]
        }
      }
    }
    return (root, scale)
  }

  /// Solves with a root, of which only the part up to the diagonal is looked at.
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

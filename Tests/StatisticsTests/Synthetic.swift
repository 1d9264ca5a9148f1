/// The mean; written as a loop, because the tests take it millions of times without optimisation.
func mean(_ sample: [Double]) -> Double {
  sample.withUnsafeBufferPointer { values in
    var (sum, place) = (0.0, 0)
    while place < values.count {
      sum += values[place]
      place += 1
    }
    return sum / Double(values.count)
  }
}

/// Whether two values are the same to so many parts.
func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  guard let value else { return false }
  return (value - expected).magnitude <= tolerance * max(expected.magnitude, 1e-300)
}

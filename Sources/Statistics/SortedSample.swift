/// A sorted sample that computes the median of any resample quickly, from the number of draws of each value,
/// without sorting again.
struct SortedSample {
  /// The values in ascending order.
  let values: [Double]
  /// The rank of each value of the sample.
  private let ranks: [Int]
  /// The number of times that each value was drawn; all 0 between resamples.
  private var counts: [UInt32]

  /// Sorts a sample; returns `nil` if it is empty or if a value is not finite.
  init?(_ sample: [Double]) {
    guard !sample.isEmpty, sample.allSatisfy(\.isFinite) else { return nil }
    let order = sample.indices.sorted { sample[$0] < sample[$1] }
    values = order.map { sample[$0] }
    var ranks = [Int](repeating: 0, count: sample.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    self.ranks = ranks
    counts = [UInt32](repeating: 0, count: sample.count)
  }

  var count: Int { values.count }

  var median: Double { middle(values[(count - 1) / 2], values[count / 2]) }

  /// Returns the median of a resample of the same size.
  ///
  /// - Parameter draw: The indices of the drawn values in the sample.
  mutating func median(of draw: [UInt32]) -> Double {
    let (lower, upper) = ((count - 1) / 2, count / 2)
    let (below, above) = counts.withUnsafeMutableBufferPointer { counts in
      // Pointer loops: this is the hot loop of the bootstrap, and tests run it without optimization.
      draw.withUnsafeBufferPointer { draw in
        ranks.withUnsafeBufferPointer { ranks in
          var place = 0
          while place < draw.count {
            counts[ranks[Int(truncatingIfNeeded: draw[place])]] &+= 1
            place &+= 1
          }
        }
      }
      var (drawn, rank, below, above) = (0, 0, -1, -1)
      while rank < counts.count {
        drawn &+= Int(truncatingIfNeeded: counts[rank])
        counts[rank] = 0
        if below < 0, drawn > lower { below = rank }
        if above < 0, drawn > upper { above = rank }
        rank &+= 1
      }
      return (below, above)
    }
    return middle(values[below], values[above])
  }

  /// The medians with each value left out, in the order of the sample.
  var jackknifeMedians: [Double] {
    let (lower, upper) = ((count - 2) / 2, (count - 1) / 2)
    // The values after the one left out move up by one.
    return ranks.map { left in
      middle(values[lower < left ? lower : lower + 1], values[upper < left ? upper : upper + 1])
    }
  }

  private func middle(_ lower: Double, _ upper: Double) -> Double {
    lower == upper ? lower : (lower + upper) / 2
  }
}

/// The value under which a given part of a sample lies: linear between the order statistics, the least of which is
/// the quantile of 0 and the greatest that of 1 (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical
/// Packages", The American Statistician 50 (1996)).
///
/// - Parameters:
///   - sample: Values in any order.
///   - part: From 0 to 1.
/// - Returns: `nil` for an empty sample, for one with a value that is not a number, and for a part that is none.
public func quantile(_ sample: [Double], _ part: Double) -> Double? {
  if sample.contains(where: \.isNaN) { return nil }
  return quantile(sorted: sample.sorted(), part)
}

/// The same of a sample that is in order and has nothing in it that is not a number.
func quantile(sorted: [Double], _ part: Double) -> Double? {
  guard !sorted.isEmpty, (0...1).contains(part) else { return nil }
  let place = part * Double(sorted.count - 1)
  let below = Int(place)
  let weight = place - Double(below)
  // Without a weight the next value is not looked at: it may be infinite, or not be there.
  if weight == 0 || sorted[below] == sorted[below + 1] { return sorted[below] }
  return sorted[below] + weight * (sorted[below + 1] - sorted[below])
}

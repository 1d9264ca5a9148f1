/// Returns a quantile of a sample: linear between the order statistics, with the least value as the quantile
/// of 0 and the greatest as that of 1 (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages",
/// The American Statistician 50 (1996)).
///
/// - Parameters:
///   - sample: The values, in any order.
///   - part: The fraction of the sample below the quantile, from 0 to 1.
/// - Returns: `nil` if the sample is empty or contains NaN, or if `part` is not from 0 to 1.
public func quantile(_ sample: [Double], _ part: Double) -> Double? {
  if sample.contains(where: \.isNaN) { return nil }
  return quantile(sorted: sample.sorted(), part)
}

/// Returns a quantile of a sorted sample without NaN.
func quantile(sorted: [Double], _ part: Double) -> Double? {
  guard !sorted.isEmpty, (0...1).contains(part) else { return nil }
  let place = part * Double(sorted.count - 1)
  let below = Int(place)
  let weight = place - Double(below)
  // If the weight is 0, the next value is not used: it may be infinite or missing.
  if weight == 0 || sorted[below] == sorted[below + 1] { return sorted[below] }
  return sorted[below] + weight * (sorted[below + 1] - sorted[below])
}

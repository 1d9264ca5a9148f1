/// Returns p-values adjusted for the number of tests. If every one below a level counts as a finding, the probability of
/// any false finding is at most that level, however the tests depend on one another (Holm, "A Simple Sequentially
/// Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6 (1979)).
///
/// - Parameter pValues: The p-values of the tests of one family.
/// - Returns: The adjusted p-values in the same order.
public func adjustedByHolm(_ pValues: [Double]) -> [Double] {
  var adjusted = pValues
  var greatest = 0.0
  for (rank, position) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    greatest = max(greatest, min(1, Double(pValues.count - rank) * pValues[position]))
    adjusted[position] = greatest
  }
  return adjusted
}

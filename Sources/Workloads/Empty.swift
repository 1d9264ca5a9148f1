extension Workload {
  /// Nothing is done with the numbers, so that what is left is what the region and its chunks cost.
  public static let empty = Workload(
    name: "empty",
    summary: "do nothing with the numbers 0…N: what a region and its chunks cost",
    work: .numbers([.scalar { _ in 0 }]),
    reportsShares: false)
}

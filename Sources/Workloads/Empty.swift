extension Workload {
  /// Does nothing with the numbers, so that only the overhead of the region and its chunks is measured.
  public static let empty = Workload(
    name: "empty",
    summary: "do nothing with the numbers 0…N, to measure the overhead of regions and chunks",
    work: .numbers([.scalar { _ in 0 }]),
    reportsShares: false)
}

extension Workload {
  /// Every workload there is. Adding one is adding its file and a line here.
  public static let all: [Workload] = [
    .sum,
    .stress,
    .primes,
    .empty,
  ]
}

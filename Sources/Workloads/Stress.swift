extension Workload {
  /// Keeps every worker busy for a given time.
  public static let stress = Workload(
    name: "stress",
    summary: "keep every worker busy with integer and floating-point operations, and count them",
    work: .period(countOperations))
}

/// Works until the end of a period and counts the operations, in total and per slice.
///
/// A worker that begins late, because it was created late or had to wait for a core, has less time: the end
/// is the same for all.
func countOperations(
  _ period: Period, _ clock: any WorkClock, _ slices: UnsafeMutableBufferPointer<UInt64>
) -> UInt128 {
  var kernel = StressKernel()
  var pacing = Pacing(period, clock)
  while pacing.mayWork() {
    slices[period.slice(at: pacing.moment)] += kernel.runBatch()
  }
  return slices.reduce(0) { $0 + UInt128($1) }
}

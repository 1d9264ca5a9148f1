/// The serial fraction that a speedup points to: (1/S − 1/p) / (1 − 1/p) (Karp and Flatt, "Measuring Parallel Processor
/// Performance", Communications of the ACM 33 (1990)). It may be negative; `nil` for one worker.
public func serialFraction(speedup: Double, workers: Int) -> Double? {
  let workers = Double(workers)
  guard speedup > 0, workers > 1 else { return nil }
  return (1 / speedup - 1 / workers) / (1 - 1 / workers)
}

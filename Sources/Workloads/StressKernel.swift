import CKernels

/// Integer and floating-point arithmetic that keeps several of a core's execution units busy and that the
/// compiler can neither omit nor precompute.
struct StressKernel {
  /// The steps per batch. A batch takes some microseconds, so the cost of reading the clock between batches
  /// is negligible.
  static let stepsPerBatch: UInt64 = 4096
  /// The arithmetic operations per step: a multiplication and an addition on each of eight chains.
  static let operationsPerStep: UInt64 = 16

  private var integers: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var fractions: (Double, Double, Double, Double) = (0.1, 0.2, 0.3, 0.4)

  /// Runs one batch.
  ///
  /// The integers step through a linear congruential generator with the multiplier of Knuth's MMIX. The
  /// fractions approach 1 and stay normal numbers, whose arithmetic has constant speed. A barrier follows
  /// each floating-point operation: otherwise the compiler packs two chains into one vector, and the packing
  /// takes a third of the time.
  ///
  /// - Returns: The number of operations performed.
  @inline(never)
  mutating func runBatch() -> UInt64 {
    let (multiplier, increment): (UInt64, UInt64) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407)
    let (decay, growth) = (0.999, 0.001)
    var (a, b, c, d) = integers
    var (w, x, y, z) = fractions
    for _ in 0..<Self.stepsPerBatch {
      a = scaleup_opaque_u64(a) &* multiplier &+ increment
      b = scaleup_opaque_u64(b) &* multiplier &+ increment
      c = scaleup_opaque_u64(c) &* multiplier &+ increment
      d = scaleup_opaque_u64(d) &* multiplier &+ increment
      w = scaleup_opaque_f64(scaleup_opaque_f64(w * decay) + growth)
      x = scaleup_opaque_f64(scaleup_opaque_f64(x * decay) + growth)
      y = scaleup_opaque_f64(scaleup_opaque_f64(y * decay) + growth)
      z = scaleup_opaque_f64(scaleup_opaque_f64(z * decay) + growth)
    }
    integers = (a, b, c, d)
    fractions = (w, x, y, z)
    return Self.stepsPerBatch * Self.operationsPerStep
  }
}

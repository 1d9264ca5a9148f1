import CKernels

/// Integer and floating-point arithmetic that keeps several of a core's units busy and can be neither left
/// out nor foreseen.
struct StressKernel {
  /// Steps of one batch: some microseconds, so that reading the clock between batches costs nothing to speak of.
  static let stepsPerBatch: UInt64 = 4096
  /// Arithmetic operations of one step: a multiplication and an addition on each of eight chains.
  static let operationsPerStep: UInt64 = 16

  private var integers: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var fractions: (Double, Double, Double, Double) = (0.1, 0.2, 0.3, 0.4)

  /// Does one batch.
  ///
  /// The integers step through a linear congruential generator with the multiplier of Knuth's MMIX; the
  /// fractions approach 1 and never leave the range of ordinary numbers, whose arithmetic has one speed. The
  /// fractions have a barrier behind each operation: otherwise the compiler packs two chains into one vector, and
  /// the packing takes a third of the time.
  ///
  /// - Returns: The number of operations done.
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

/// The inner loop of a workload of fixed amount: how every number of a range is treated.
public struct Kernel: Sendable {
  /// The word for it on the command line: `scalar`, `simd`, or an instruction set to force.
  public let name: String
  /// The instruction set whose vectors it uses; `nil` for one number a step.
  public let instructionSet: String?
  /// Treats every number of a range; the partial result is an exact count or sum.
  public let compute: @Sendable (Range<UInt64>) -> UInt128

  /// Describes a kernel.
  public init(
    name: String, instructionSet: String? = nil, compute: @escaping @Sendable (Range<UInt64>) -> UInt128
  ) {
    self.name = name
    self.instructionSet = instructionSet
    self.compute = compute
  }

  /// One number a step: what the naive program does.
  public static func scalar(_ compute: @escaping @Sendable (Range<UInt64>) -> UInt128) -> Kernel {
    Kernel(name: "scalar", compute: compute)
  }
}

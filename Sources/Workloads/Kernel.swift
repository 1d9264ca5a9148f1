/// The inner loop of a workload of fixed amount, which processes every number of a range.
public struct Kernel: Sendable {
  /// The name on the command line: `scalar`, `simd`, or an instruction set.
  public let name: String
  /// The instruction set whose vectors it uses; `nil` if it processes one number per step.
  public let instructionSet: String?
  /// Processes every number of a range and returns an exact count or sum.
  public let compute: @Sendable (Range<UInt64>) -> UInt128

  /// Creates a kernel.
  public init(
    name: String, instructionSet: String? = nil, compute: @escaping @Sendable (Range<UInt64>) -> UInt128
  ) {
    self.name = name
    self.instructionSet = instructionSet
    self.compute = compute
  }

  /// Creates a kernel that processes one number per step, as the naive program does.
  public static func scalar(_ compute: @escaping @Sendable (Range<UInt64>) -> UInt128) -> Kernel {
    Kernel(name: "scalar", compute: compute)
  }
}

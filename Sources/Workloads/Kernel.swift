/// The inner loop of a workload of fixed amount.
public struct Kernel: Sendable {
  /// The work of the loop.
  enum Loop: Sendable {
    /// Processes every number of a range and returns an exact count or sum.
    case numbers(@Sendable (Range<UInt64>) -> UInt128)
    /// Applies an operation to arrays; with `isStreaming`, it stores past the caches if the processor can.
    case arrays(@Sendable (_ operation: StreamOperation, _ isStreaming: Bool) -> StreamLoop)
  }

  /// The name on the command line: `scalar`, `simd`, or an instruction set.
  public let name: String
  /// The instruction set whose vectors it uses; `nil` if it processes one number per step.
  public let instructionSet: String?
  let loop: Loop

  init(name: String, instructionSet: String? = nil, loop: Loop) {
    self.name = name
    self.instructionSet = instructionSet
    self.loop = loop
  }

  /// Creates a kernel that processes numbers.
  public init(
    name: String, instructionSet: String? = nil, compute: @escaping @Sendable (Range<UInt64>) -> UInt128
  ) {
    self.init(name: name, instructionSet: instructionSet, loop: .numbers(compute))
  }

  /// Creates a kernel that processes one number per step, as the naive program does.
  public static func scalar(_ compute: @escaping @Sendable (Range<UInt64>) -> UInt128) -> Kernel {
    Kernel(name: "scalar", compute: compute)
  }

  /// Processes every number of a range and returns an exact count or sum. The kernel must be one of numbers.
  @inline(__always)
  public func compute(_ range: Range<UInt64>) -> UInt128 {
    guard case .numbers(let compute) = loop else { preconditionFailure("\(name) computes no ranges") }
    return compute(range)
  }
}

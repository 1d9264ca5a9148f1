/// An operation of STREAM, which reads one or two arrays and writes another (McCalpin, "Memory Bandwidth and Machine
/// Balance in Current High Performance Computers", 1995).
public enum StreamOperation: String, CaseIterable, Sendable {
  /// Target = first.
  case copy
  /// Target = factor · first.
  case scale
  /// Target = first + second.
  case add
  /// Target = first + factor · second.
  case triad

  /// The factor. Multiplied by -1 again and again, a value stays in range; the sum of `triad` grows by 3 a pass.
  var factor: Double { self == .scale ? -1 : 3 }

  /// Returns the positions of the arrays that a pass writes and reads.
  ///
  /// The arrays change roles from pass to pass, so that every pass changes some values. `copy` and `scale` go round; `add`
  /// and `triad` add the first array to the second and third in turns.
  @inline(__always)
  func roles(in pass: UInt64) -> (target: Int, first: Int, second: Int) {
    switch self {
    case .copy, .scale:
      let target = Int(pass % 3)
      let first = target == 2 ? 0 : target + 1
      return (target, first, first)
    case .add, .triad:
      let target = 1 + Int(pass % 2)
      return (target, 3 - target, 0)
    }
  }

  /// Returns an element of the target.
  @inline(__always)
  func value(of first: Double, _ second: Double) -> Double {
    switch self {
    case .copy: first
    case .scale: factor * first
    case .add: first + second
    case .triad: first + factor * second
    }
  }
}

/// Applies an operation to elements of arrays: the target, what is read, the factor, and how many elements.
typealias StreamLoop =
  @Sendable (UnsafeMutablePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, Double, Int) -> Void

/// What a worker has done of a job.
public struct Part: BitwiseCopyable, Sendable {
  /// The partial result.
  var result: UInt128 = 0
  /// The chunks that it drew; 0 where it had one range for itself.
  var chunks: UInt64 = 0
  /// The numbers in them.
  var numbers: UInt64 = 0

  /// What a worker has done that has done nothing yet.
  public init() {}

  init(result: UInt128, chunks: UInt64 = 0, numbers: UInt64 = 0) {
    self.result = result
    self.chunks = chunks
    self.numbers = numbers
  }

  /// Adds what came of a chunk.
  @inline(__always)
  public mutating func add(_ result: UInt128, of chunk: Range<UInt64>) {
    self.result += result
    chunks += 1
    numbers += chunk.upperBound - chunk.lowerBound
  }
}

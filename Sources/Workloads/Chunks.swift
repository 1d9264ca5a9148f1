/// The numbers `0..<count` divided into chunks, which workers take one after another.
public struct Chunks: Sendable {
  /// The number of numbers.
  public let count: UInt64
  /// The numbers per chunk, at least 1; for guided chunks, the minimum.
  public let grain: UInt64
  /// The number of workers if chunks shrink; `nil` if they do not.
  let guidedWorkers: UInt64?

  /// Creates the chunks of a schedule, or returns `nil` if the schedule has no chunks.
  public init?(of count: UInt64, _ schedule: Schedule, workers: Int) {
    guard let grain = schedule.grain else { return nil }
    self.count = count
    self.grain = grain
    guidedWorkers = schedule.kind == .guided ? UInt64(workers) : nil
  }

  /// Whether all chunks but the last have the same size.
  public var areUniform: Bool { guidedWorkers == nil }

  /// Returns the chunk at a position, if all chunks have the same size; `nil` past the last.
  @inline(__always)
  public func chunk(at position: UInt64) -> Range<UInt64>? {
    let (lower, isPast) = position.multipliedReportingOverflow(by: grain)
    if isPast || lower >= count { return nil }
    return lower..<lower + min(grain, count - lower)
  }

  /// Returns the chunk that begins with a given number; `nil` past the last.
  ///
  /// A guided chunk has as many numbers as each worker would get if the remaining numbers were divided
  /// evenly, but at least the grain (guided self-scheduling: Polychronopoulos and Kuck, 1987).
  @inline(__always)
  public func chunk(from lower: UInt64) -> Range<UInt64>? {
    if lower >= count { return nil }
    let left = count - lower
    let part = guidedWorkers.map { (left - 1) / $0 + 1 } ?? 0
    return lower..<lower + min(left, max(part, grain))
  }
}

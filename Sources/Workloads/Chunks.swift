/// The numbers `0..<count` in chunks, which are drawn one after the other.
public struct Chunks: Sendable {
  /// How many numbers there are.
  public let count: UInt64
  /// The numbers in a chunk, at least 1; of guided chunks, the fewest.
  public let grain: UInt64
  /// How many workers draw, where chunks shrink; `nil` where they do not.
  let guidedWorkers: UInt64?

  /// Describes the chunks of a schedule; `nil` where its numbers are not dealt in chunks.
  public init?(of count: UInt64, _ schedule: Schedule, workers: Int) {
    guard let grain = schedule.grain else { return nil }
    self.count = count
    self.grain = grain
    guidedWorkers = schedule.kind == .guided ? UInt64(workers) : nil
  }

  /// Whether all chunks but the last have one size.
  public var haveOneSize: Bool { guidedWorkers == nil }

  /// The chunk with a given position among chunks of one size; `nil` past the last.
  @inline(__always)
  public func chunk(at position: UInt64) -> Range<UInt64>? {
    let (lower, isPast) = position.multipliedReportingOverflow(by: grain)
    if isPast || lower >= count { return nil }
    return lower..<lower + min(grain, count - lower)
  }

  /// The chunk that begins with a given number; `nil` past the last.
  ///
  /// A guided chunk is the part of the numbers left that one worker would get if they were divided evenly, but at
  /// least the grain (guided self-scheduling: Polychronopoulos and Kuck, 1987).
  @inline(__always)
  public func chunk(from lower: UInt64) -> Range<UInt64>? {
    if lower >= count { return nil }
    let left = count - lower
    let part = guidedWorkers.map { (left - 1) / $0 + 1 } ?? 0
    return lower..<lower + min(left, max(part, grain))
  }
}

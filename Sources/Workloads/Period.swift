/// The time in which a worker is to be busy.
public struct Period: Equatable, Sendable {
  /// The length of a slice in nanoseconds: operations are counted per 100 ms.
  public static let sliceLength: UInt64 = 100_000_000

  /// The reading of the clock at which it starts, the same for all workers.
  public let start: UInt64
  /// Its length in nanoseconds.
  public let length: UInt64
  /// The percentage of the time that a worker is busy, 1 to 100.
  public let load: Int

  /// Describes a period.
  public init(start: UInt64, length: UInt64, load: Int) {
    self.start = start
    self.length = length
    self.load = load
  }

  /// The reading of the clock at which it ends.
  public var end: UInt64 { start + length }

  /// The number of slices; the last may be shorter than the others.
  public static func slices(in length: UInt64) -> Int {
    Int((length + sliceLength - 1) / sliceLength)
  }

  /// The slice that a moment falls in; a moment past the end belongs to the last.
  func slice(at moment: UInt64) -> Int {
    let slice = moment < start ? 0 : Int((moment - start) / Self.sliceLength)
    return min(slice, Self.slices(in: length) - 1)
  }
}

/// The time as workers see it. Workloads are handed one, so that tests can hand them another.
public protocol WorkClock: Sendable {
  /// Nanoseconds of a clock that all workers share.
  func now() -> UInt64
  /// Nanoseconds of CPU time that the calling worker has used.
  func cpuTime() -> UInt64
  /// Waits, without using the CPU, until `now()` is at least `moment`.
  func sleep(until moment: UInt64)
}

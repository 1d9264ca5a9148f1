/// The time during which a worker is to be busy.
public struct Period: Equatable, Sendable {
  /// The length of a slice in nanoseconds; operations are counted per 100 ms.
  public static let sliceLength: UInt64 = 100_000_000

  /// The clock reading at its start, the same for all workers.
  public let start: UInt64
  /// Its length in nanoseconds.
  public let length: UInt64
  /// The percentage of the time that a worker is busy, 1 to 100.
  public let load: Int

  /// Creates a period.
  public init(start: UInt64, length: UInt64, load: Int) {
    self.start = start
    self.length = length
    self.load = load
  }

  /// The clock reading at its end.
  public var end: UInt64 { start + length }

  /// Returns the number of slices in a period of the given length; the last may be shorter than the others.
  public static func slices(in length: UInt64) -> Int {
    Int((length + sliceLength - 1) / sliceLength)
  }

  /// Returns the slice that contains a moment; a moment past the end belongs to the last slice.
  func slice(at moment: UInt64) -> Int {
    let slice = moment < start ? 0 : Int((moment - start) / Self.sliceLength)
    return min(slice, Self.slices(in: length) - 1)
  }
}

/// The clocks that workers use. Tests pass their own.
public protocol WorkClock: Sendable {
  /// Returns the reading, in nanoseconds, of a clock that all workers share.
  func now() -> UInt64
  /// Returns the CPU time of the calling worker in nanoseconds.
  func cpuTime() -> UInt64
  /// Sleeps until `now()` is at least `moment`.
  func sleep(until moment: UInt64)
}

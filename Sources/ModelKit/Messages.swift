/// What a worker's messages took, for a model whose processes exchange them.
public struct Messages: BitwiseCopyable, Equatable, Sendable {
  /// When its process had received the message that the region had begun, in nanoseconds since the region's start.
  public var arrival: UInt64
  /// The nanoseconds in which it exchanged messages, or waited for them, while it did its part.
  public var time: UInt64
  /// The CPU time of that in nanoseconds: a process may wait without leaving its core.
  public var cpuTime: UInt64

  /// Describes them.
  public init(arrival: UInt64 = 0, time: UInt64 = 0, cpuTime: UInt64 = 0) {
    self.arrival = arrival
    self.time = time
    self.cpuTime = cpuTime
  }
}

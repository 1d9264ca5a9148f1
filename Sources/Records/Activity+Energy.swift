extension Activity {
  /// The energy that the machine used during a trial, in microjoules, from the start to the end of the process. It
  /// includes what the idle machine and other programs use. Parts that were not counted are `nil`.
  public struct Energy: Codable, Equatable, Sendable {
    /// The energy of all processor packages. It excludes memory.
    public var processor: UInt64?
    /// The energy of memory.
    public var memory: UInt64?
    /// The energy of the whole machine; counted only if the packages are not.
    public var platform: UInt64?

    /// Creates an amount of energy.
    public init(processor: UInt64? = nil, memory: UInt64? = nil, platform: UInt64? = nil) {
      self.processor = processor
      self.memory = memory
      self.platform = platform
    }
  }
}

extension Passport {
  /// The energy counters of a machine, or the reason that it has none.
  public struct Energy: Codable, Equatable, Sendable {
    /// The names of the counters that are added up, such as `package-0` and `package-0/dram`; `nil` if energy is not
    /// measured.
    public var counters: [String]?
    /// The reason that energy is not measured, as one line.
    public var reason: String?

    /// Creates a description of energy counters.
    public init(counters: [String]? = nil, reason: String? = nil) {
      self.counters = counters
      self.reason = reason
    }
  }

  /// The power of a machine while this program waited. It is that of the idle machine if hardly any core was busy.
  public struct IdlePower: Codable, Equatable, Sendable {
    /// The mean power in watts, of the same part of the machine as the energy of the trials.
    public var watts: Double
    /// The mean number of cores that were busy meanwhile, of the whole machine.
    public var busyCores: Double

    /// Creates a power.
    public init(watts: Double, busyCores: Double) {
      self.watts = watts
      self.busyCores = busyCores
    }
  }
}

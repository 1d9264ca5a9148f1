extension Passport {
  /// How the CPUs lie together.
  public struct Topology: Codable, Equatable, Sendable {
    /// Sockets.
    public var sockets: Int?
    /// Physical cores.
    public var physicalCores: Int?
    /// Physical cores under the CPUs that the run may use.
    public var usableCores: Int?
    /// The most CPUs that share a physical core.
    public var threadsPerCore: Int?
    /// Memory nodes that have CPUs.
    public var nodes: Int?

    /// Describes a topology.
    public init(
      sockets: Int? = nil, physicalCores: Int? = nil, usableCores: Int? = nil, threadsPerCore: Int? = nil,
      nodes: Int? = nil
    ) {
      self.sockets = sockets
      self.physicalCores = physicalCores
      self.usableCores = usableCores
      self.threadsPerCore = threadsPerCore
      self.nodes = nodes
    }
  }

  /// How the clocks are governed; frequencies in kHz.
  public struct Clocks: Codable, Equatable, Sendable {
    /// The governors in force, each once.
    public var governors: [String]
    /// The least clock that is allowed.
    public var minimum: Int?
    /// The greatest clock that is allowed.
    public var maximum: Int?
    /// The greatest clock that the hardware would allow.
    public var hardwareMaximum: Int?
    /// Whether cores may go over their nominal clock while others idle.
    public var boost: Bool?

    /// Describes clocks.
    public init(
      governors: [String] = [], minimum: Int? = nil, maximum: Int? = nil, hardwareMaximum: Int? = nil,
      boost: Bool? = nil
    ) {
      self.governors = governors
      self.minimum = minimum
      self.maximum = maximum
      self.hardwareMaximum = hardwareMaximum
      self.boost = boost
    }
  }

  /// A quota of one control group; how deep it lies is told, and not its name, which may tell who runs it.
  public struct Quota: Codable, Equatable, Sendable {
    /// The version of control groups: 1 or 2.
    public var version: Int
    /// Levels below the topmost group that can be seen, which has 0.
    public var depth: Int
    /// CPU time a second, in CPUs.
    public var cpus: Double

    /// Describes a quota.
    public init(version: Int, depth: Int, cpus: Double) {
      self.version = version
      self.depth = depth
      self.cpus = cpus
    }
  }

  /// What the machine was doing before the run.
  public struct Load: Codable, Equatable, Sendable {
    /// The load averages of the last 1, 5 and 15 minutes.
    public var averages: [Double]?
    /// The cores that were busy just before, on average, while this program waited.
    public var busyCores: Double?
    /// The cores that the hypervisor took away meanwhile, on average.
    public var stolenCores: Double?

    /// Describes a load.
    public init(averages: [Double]? = nil, busyCores: Double? = nil, stolenCores: Double? = nil) {
      self.averages = averages
      self.busyCores = busyCores
      self.stolenCores = stolenCores
    }
  }
}

extension Passport {
  /// The arrangement of the CPUs.
  public struct Topology: Codable, Equatable, Sendable {
    /// The number of sockets.
    public var sockets: Int?
    /// The number of physical cores.
    public var physicalCores: Int?
    /// The number of physical cores that contain the CPUs available to the run.
    public var usableCores: Int?
    /// The maximum number of CPUs that share a physical core.
    public var threadsPerCore: Int?
    /// The number of memory nodes with CPUs.
    public var nodes: Int?
    /// The CPUs of each physical core that has several of the run's CPUs, such as `0,64 1,65`; `nil` if none has.
    public var siblings: String?
    /// The run's CPUs of each memory node that has some, such as `0-15 16-31`; `nil` if all are of one node.
    public var nodeCPUs: String?
    /// The kinds of core, the fastest first; `nil` if all cores are alike or the system does not tell them apart.
    public var kinds: [CoreKind]?

    /// Creates a topology.
    public init(
      sockets: Int? = nil, physicalCores: Int? = nil, usableCores: Int? = nil, threadsPerCore: Int? = nil,
      nodes: Int? = nil, siblings: String? = nil, nodeCPUs: String? = nil, kinds: [CoreKind]? = nil
    ) {
      self.sockets = sockets
      self.physicalCores = physicalCores
      self.usableCores = usableCores
      self.threadsPerCore = threadsPerCore
      self.nodes = nodes
      self.siblings = siblings
      self.nodeCPUs = nodeCPUs
      self.kinds = kinds
    }
  }

  /// A kind of core of a hybrid machine.
  public struct CoreKind: Codable, Equatable, Sendable {
    /// The name, such as `performance` or `efficiency`.
    public var name: String
    /// The number of its CPUs that the run may use.
    public var cpus: Int
    /// Which CPUs those are, such as `0-15`; `nil` if the system reports only how many there are.
    public var list: String?
    /// The highest frequency that any of its CPUs supports, in kHz.
    public var maximumFrequency: Int?

    /// Creates a kind of core.
    public init(name: String, cpus: Int, list: String? = nil, maximumFrequency: Int? = nil) {
      self.name = name
      self.cpus = cpus
      self.list = list
      self.maximumFrequency = maximumFrequency
    }
  }

  /// The properties that tell processors of one name apart. Values in which the run's CPUs differ are joined by ` + `.
  public struct ProcessorDetails: Codable, Equatable, Sendable {
    /// The family.
    public var family: String?
    /// The model within the family; on Arm the part number.
    public var model: String?
    /// The revision of the model.
    public var stepping: String?
    /// The version of the microcode.
    public var microcode: String?
    /// The instruction sets with vectors that all of the run's CPUs have, under the names that the system gives them.
    public var vectorSets: [String]

    /// Creates processor details.
    public init(
      family: String? = nil, model: String? = nil, stepping: String? = nil, microcode: String? = nil,
      vectorSets: [String] = []
    ) {
      self.family = family
      self.model = model
      self.stepping = stepping
      self.microcode = microcode
      self.vectorSets = vectorSets
    }
  }

  /// The frequency settings of the CPUs, in kHz.
  public struct Clocks: Codable, Equatable, Sendable {
    /// The names of the active governors, without duplicates.
    public var governors: [String]
    /// The lowest frequency that the policy allows.
    public var minimum: Int?
    /// The highest frequency that the policy allows.
    public var maximum: Int?
    /// The highest frequency that the hardware supports.
    public var hardwareMaximum: Int?
    /// Whether CPUs may exceed their nominal frequency while others idle.
    public var boost: Bool?

    /// Creates frequency settings.
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

  /// The quota of one control group. The group's depth is recorded instead of its name, which may reveal who
  /// runs it.
  public struct Quota: Codable, Equatable, Sendable {
    /// The version of the control group interface: 1 or 2.
    public var version: Int
    /// The depth below the topmost visible group, whose depth is 0.
    public var depth: Int
    /// The CPU time per second, in CPUs.
    public var cpus: Double

    /// Creates a quota.
    public init(version: Int, depth: Int, cpus: Double) {
      self.version = version
      self.depth = depth
      self.cpus = cpus
    }
  }

  /// The priority of a process.
  public struct Priority: Codable, Equatable, Sendable {
    /// The nice level, from -20 (first) to 19 (last).
    public var nice: Int?
    /// The scheduling policy, such as `other`, `batch` or `fifo`.
    public var policy: String?

    /// Creates a priority.
    public init(nice: Int? = nil, policy: String? = nil) {
      self.nice = nice
      self.policy = policy
    }
  }

  /// The soft limits of a process on resources; a limit is `nil` if there is none.
  public struct Limits: Codable, Equatable, Sendable {
    /// The size of a thread's stack in bytes.
    public var stack: UInt64?
    /// The size of the address space in bytes.
    public var addressSpace: UInt64?
    /// The number of processes and threads of the user.
    public var processes: UInt64?
    /// The number of open files.
    public var openFiles: UInt64?
    /// The CPU time in seconds.
    public var cpuTime: UInt64?

    /// Creates limits.
    public init(
      stack: UInt64? = nil, addressSpace: UInt64? = nil, processes: UInt64? = nil, openFiles: UInt64? = nil,
      cpuTime: UInt64? = nil
    ) {
      self.stack = stack
      self.addressSpace = addressSpace
      self.processes = processes
      self.openFiles = openFiles
      self.cpuTime = cpuTime
    }
  }

  /// The load of the machine before the run.
  public struct Load: Codable, Equatable, Sendable {
    /// The load averages of the last 1, 5 and 15 minutes.
    public var averages: [Double]?
    /// The mean number of cores that were busy just before the run, while this program waited, among those
    /// that it may use.
    public var busyCores: Double?
    /// The mean number of cores that the hypervisor took away during that time.
    public var stolenCores: Double?
    /// The power of the machine during that time; `nil` if it has no readable energy counters.
    public var idlePower: IdlePower?

    /// Creates a load.
    public init(averages: [Double]? = nil, busyCores: Double? = nil, stolenCores: Double? = nil) {
      self.averages = averages
      self.busyCores = busyCores
      self.stolenCores = stolenCores
    }
  }
}

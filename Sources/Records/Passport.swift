/// What the machine of a run is.
public struct Passport: Codable, Equatable, Sendable {
  /// A cache as the first core sees it.
  public struct Cache: Codable, Equatable, Sendable {
    /// 1 is the nearest to the core.
    public var level: Int
    /// `Data`, `Instruction` or `Unified`.
    public var type: String
    /// In bytes.
    public var size: UInt64
    /// The number of CPUs that share it.
    public var sharedBy: Int

    /// Describes a cache.
    public init(level: Int, type: String, size: UInt64, sharedBy: Int) {
      self.level = level
      self.type = type
      self.size = size
      self.sharedBy = sharedBy
    }
  }

  /// The name of the processor.
  public var processor: String?
  /// The instruction set, such as `x86_64`.
  public var architecture: String
  /// CPUs that are online.
  public var onlineCPUs: Int
  /// CPUs in the affinity mask of the run.
  public var affinityCPUs: Int?
  /// CPU time a second that the control groups grant, in CPUs.
  public var quotaCPUs: Double?
  /// The least of these three, a quota rounded up.
  public var effectiveCPUs: Int
  /// The caches that the first core sees.
  public var caches: [Cache]
  /// Main memory in bytes.
  public var memory: UInt64?
  /// Name and version of the operating system.
  public var operatingSystem: String?
  /// Name and release of the kernel.
  public var kernel: String
  /// The version of the Swift standard library that the suite runs on.
  public var swift: String

  /// CPUs that the control groups leave to the run.
  public var cpusetCPUs: Int?
  /// The quotas of the control groups, of which `quotaCPUs` is the least, from the topmost down.
  public var quotas: [Quota]?
  /// The most child tasks that Swift's task pool runs at a time.
  public var taskPoolWidth: Int?
  /// What makes the effective CPUs so few: some of `online`, `affinity`, `cpuset` and `quota`.
  public var bindingLimits: [String]?
  /// How the CPUs lie together.
  public var topology: Topology?
  /// How their clocks are governed.
  public var clocks: Clocks?
  /// The hypervisor under the machine, as far as it names itself; `nil` where none shows.
  public var hypervisor: String?
  /// Maker and model of the machine.
  public var product: String?
  /// What the machine was doing before the run.
  public var load: Load?
  /// Periods in which the control groups of the run had used up their quota before it began.
  public var throttledPeriods: UInt64?
  /// What would disturb a measurement, in sentences, as they were told before the run.
  public var warnings: [String]?

  /// Describes a machine.
  public init(
    processor: String? = nil, architecture: String, onlineCPUs: Int, affinityCPUs: Int? = nil,
    quotaCPUs: Double? = nil, effectiveCPUs: Int, caches: [Cache] = [], memory: UInt64? = nil,
    operatingSystem: String? = nil, kernel: String, swift: String
  ) {
    self.processor = processor
    self.architecture = architecture
    self.onlineCPUs = onlineCPUs
    self.affinityCPUs = affinityCPUs
    self.quotaCPUs = quotaCPUs
    self.effectiveCPUs = effectiveCPUs
    self.caches = caches
    self.memory = memory
    self.operatingSystem = operatingSystem
    self.kernel = kernel
    self.swift = swift
  }
}

/// The host information of a run.
public struct Passport: Codable, Equatable, Sendable {
  /// A cache of the CPUs that the run may use.
  public struct Cache: Codable, Equatable, Sendable {
    /// The cache level; level 1 is nearest to the core.
    public var level: Int
    /// The type: `Data`, `Instruction` or `Unified`.
    public var type: String
    /// The size in bytes.
    public var size: UInt64
    /// The number of CPUs that share it.
    public var sharedBy: Int
    /// The number of the run's CPUs that have such a cache; `nil` if all have it.
    public var cpus: Int?

    /// Creates a cache.
    public init(level: Int, type: String, size: UInt64, sharedBy: Int, cpus: Int? = nil) {
      self.level = level
      self.type = type
      self.size = size
      self.sharedBy = sharedBy
      self.cpus = cpus
    }
  }

  /// The name of the processor.
  public var processor: String?
  /// The instruction set, such as `x86_64`.
  public var architecture: String
  /// The number of CPUs that are online.
  public var onlineCPUs: Int
  /// The number of CPUs in the affinity mask of the run.
  public var affinityCPUs: Int?
  /// The tightest quota of the control groups, in CPUs (CPU time per second).
  public var quotaCPUs: Double?
  /// The least of these three, with the quota rounded up.
  public var effectiveCPUs: Int
  /// The caches of the CPUs that the run may use.
  public var caches: [Cache]
  /// The size of main memory in bytes.
  public var memory: UInt64?
  /// The name and version of the operating system.
  public var operatingSystem: String?
  /// The name and release of the kernel.
  public var kernel: String
  /// The version of the Swift standard library that the suite runs on.
  public var swift: String

  /// The properties that tell the processor from others of its name.
  public var processorDetails: ProcessorDetails?
  /// The number of CPUs in the cpuset of the run's control groups.
  public var cpusetCPUs: Int?
  /// The quotas of all control groups, from the topmost down; `quotaCPUs` is the least of them.
  public var quotas: [Quota]?
  /// The maximum number of child tasks that Swift's task pool runs at a time.
  public var taskPoolWidth: Int?
  /// The limits that determine the effective CPUs: some of `online`, `affinity`, `cpuset` and `quota`.
  public var bindingLimits: [String]?
  /// The arrangement of the CPUs.
  public var topology: Topology?
  /// The frequency settings of the CPUs.
  public var clocks: Clocks?
  /// The name of the hypervisor, if known; `nil` if none was detected.
  public var hypervisor: String?
  /// The maker and model of the machine.
  public var product: String?
  /// The priority with which the run was started.
  public var priority: Priority?
  /// The limits on resources with which the run was started.
  public var limits: Limits?
  /// The load of the machine before the run.
  public var load: Load?
  /// The thermal pressure before the run: `nominal`, `moderate`, `heavy`, `trapping` or `sleeping`.
  public var thermalPressure: String?
  /// The energy counters; `nil` in records of versions that did not look for them.
  public var energy: Energy?
  /// The number of periods before the run in which the run's control groups were throttled.
  public var throttledPeriods: UInt64?
  /// The warnings about disturbances that were shown before the run, in sentences.
  public var warnings: [String]?

  /// Creates host information.
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

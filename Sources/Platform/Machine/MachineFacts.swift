import CPlatform

/// The hardware and operating system of a machine. What the machine does not report is `nil` or empty.
public struct MachineFacts: Equatable, Sendable {
  /// A cache, as seen from one CPU.
  public struct Cache: Hashable, Sendable {
    /// The cache level; level 1 is nearest to the core.
    public var level: Int
    /// The type: `Data`, `Instruction` or `Unified`.
    public var type: String
    /// The size in bytes.
    public var size: UInt64
    /// The number of CPUs that share it.
    public var sharedBy: Int
    /// The number of usable CPUs that have such a cache, where others have none or another one; `nil` if all have it.
    public var cpus: Int?
  }

  /// The properties that tell processors of one name apart.
  public struct ProcessorDetails: Equatable, Sendable {
    /// The family.
    public var family: String?
    /// The model within the family; on Arm the part number.
    public var model: String?
    /// The revision of the model: the stepping, or on Arm variant and revision.
    public var stepping: String?
    /// The version of the microcode.
    public var microcode: String?
    /// The instruction sets with vectors that all usable CPUs have, under the names that the system gives them.
    public var vectorSets: [String] = []

    /// Creates details of which nothing is known.
    public init() {}
  }

  /// The host name.
  public var host: String
  /// The name and version of the operating system.
  public var operatingSystem: String?
  /// The name and release of the kernel.
  public var kernel: String
  /// The instruction set, such as `x86_64`.
  public var architecture: String
  /// The name of the processor.
  public var processor: String?
  /// The properties that tell it from other processors of that name.
  public var details = ProcessorDetails()
  /// The size of main memory in bytes.
  public var memory: UInt64?
  /// The caches of the CPUs that this process may use.
  public var caches: [Cache]

  /// Returns the facts of this machine. Those about the processor are of the CPUs that this process may use.
  ///
  /// - Parameter tree: The file tree that contains `proc`, `sys` and `etc`.
  public static func ofThisMachine(in tree: FileTree = .machine) -> MachineFacts {
    var name = utsname()
    uname(&name)
    var facts = MachineFacts(
      host: text(of: name.nodename), kernel: "\(text(of: name.sysname)) \(text(of: name.release))",
      architecture: text(of: name.machine), caches: [])
    facts.readDetails(from: tree)
    return facts
  }

  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

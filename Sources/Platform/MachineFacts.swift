import CPlatform

/// The hardware and operating system of a machine. What the machine does not report is `nil` or empty.
public struct MachineFacts: Equatable, Sendable {
  /// A cache, as seen from one core.
  public struct Cache: Equatable, Sendable {
    /// The cache level; level 1 is nearest to the core.
    public var level: Int
    /// The type: `Data`, `Instruction` or `Unified`.
    public var type: String
    /// The size in bytes.
    public var size: UInt64
    /// The number of CPUs that share it.
    public var sharedBy: Int
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
  /// The size of main memory in bytes.
  public var memory: UInt64?
  /// The caches of the first core.
  public var caches: [Cache]

  /// Returns the facts of this machine.
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

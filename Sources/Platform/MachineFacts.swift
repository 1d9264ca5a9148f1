import CPlatform

/// What the machine is, as far as it tells. What it does not tell is `nil` or absent.
public struct MachineFacts: Equatable, Sendable {
  /// A cache as one core sees it.
  public struct Cache: Equatable, Sendable {
    /// 1 is the nearest to the core.
    public var level: Int
    /// `Data`, `Instruction` or `Unified`.
    public var type: String
    /// In bytes.
    public var size: UInt64
    /// The number of CPUs that share it.
    public var sharedBy: Int
  }

  /// The name that the machine has in its network.
  public var host: String
  /// Name and version of the operating system.
  public var operatingSystem: String?
  /// Name and release of the kernel.
  public var kernel: String
  /// The instruction set, such as `x86_64`.
  public var architecture: String
  /// The name of the processor.
  public var processor: String?
  /// Main memory in bytes.
  public var memory: UInt64?
  /// The caches that the first core sees.
  public var caches: [Cache]

  /// The facts of this machine.
  ///
  /// - Parameter tree: Where `proc`, `sys` and `etc` lie.
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

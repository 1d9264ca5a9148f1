/// The arrangement of a machine's CPUs: sockets, physical cores, and the hardware threads that share a core.
public struct Topology: Equatable, Sendable {
  /// A CPU in the kernel's sense: a hardware thread.
  public struct CPU: Equatable, Sendable {
    /// Its number.
    public var number: Int
    /// The number of its socket; `nil` if unknown.
    public var socket: Int?
    /// The identifier of its physical core on this machine; `nil` if unknown.
    public var core: String?
    /// The number of its memory node; `nil` if unknown.
    public var node: Int?

    /// Creates a CPU.
    public init(number: Int, socket: Int? = nil, core: String? = nil, node: Int? = nil) {
      self.number = number
      self.socket = socket
      self.core = core
      self.node = node
    }
  }

  /// The CPUs that are online.
  public var cpus: [CPU]
  /// The number of memory nodes with CPUs; `nil` if unknown.
  public var nodes: Int?
  /// The kinds of core, the fastest first; empty if all cores are alike or the system does not tell them apart.
  public var kinds: [CoreKind]

  /// Creates a topology.
  public init(cpus: [CPU], nodes: Int? = nil, kinds: [CoreKind] = []) {
    self.cpus = cpus
    self.nodes = nodes
    self.kinds = kinds
  }

  /// The number of sockets with online CPUs; `nil` unless the socket of every CPU is known.
  public var sockets: Int? {
    let known = cpus.compactMap(\.socket)
    return known.isEmpty || known.count < cpus.count ? nil : Set(known).count
  }

  /// The number of physical cores with online CPUs; `nil` unless the core of every CPU is known.
  public var physicalCores: Int? { physicalCores(among: nil) }

  /// Returns the number of physical cores that contain some of the CPUs.
  ///
  /// - Parameter numbers: The CPUs; `nil` means all. CPUs that are offline do not count.
  /// - Returns: `nil` if the core of one of them is unknown, or if there are none.
  public func physicalCores(among numbers: Set<Int>?) -> Int? {
    let chosen = cpus.filter { numbers?.contains($0.number) ?? true }
    let known = chosen.compactMap(\.core)
    return known.isEmpty || known.count < chosen.count ? nil : Set(known).count
  }

  /// The maximum number of CPUs that share a physical core: 1 without simultaneous multithreading (SMT),
  /// usually 2 with it.
  public var threadsPerCore: Int? {
    guard physicalCores != nil else { return nil }
    return Dictionary(grouping: cpus) { $0.core }.values.map(\.count).max()
  }
}

/// How the CPUs of a machine lie together: sockets, physical cores, and the hardware threads that share one.
public struct Topology: Equatable, Sendable {
  /// A CPU as the kernel counts them: a hardware thread.
  public struct CPU: Equatable, Sendable {
    /// Its number.
    public var number: Int
    /// The number of its socket; `nil` where it is not told.
    public var socket: Int?
    /// What names its physical core on this machine; `nil` where it is not told.
    public var core: String?

    /// Describes a CPU.
    public init(number: Int, socket: Int? = nil, core: String? = nil) {
      self.number = number
      self.socket = socket
      self.core = core
    }
  }

  /// The CPUs that are online.
  public var cpus: [CPU]
  /// Memory nodes that have CPUs; `nil` where it is not told.
  public var nodes: Int?

  /// Describes a topology.
  public init(cpus: [CPU], nodes: Int? = nil) {
    self.cpus = cpus
    self.nodes = nodes
  }

  /// Sockets with CPUs that are online; `nil` unless every CPU tells its socket.
  public var sockets: Int? {
    let known = cpus.compactMap(\.socket)
    return known.isEmpty || known.count < cpus.count ? nil : Set(known).count
  }

  /// Physical cores with CPUs that are online; `nil` unless every CPU tells its core.
  public var physicalCores: Int? { physicalCores(among: nil) }

  /// The physical cores on which some of the CPUs lie.
  ///
  /// - Parameter numbers: The CPUs; `nil` means all. Those that are not online do not count.
  /// - Returns: `nil` where one of them does not tell its core, and where there are none.
  public func physicalCores(among numbers: Set<Int>?) -> Int? {
    let chosen = cpus.filter { numbers?.contains($0.number) ?? true }
    let known = chosen.compactMap(\.core)
    return known.isEmpty || known.count < chosen.count ? nil : Set(known).count
  }

  /// The most CPUs that share one physical core: 1 without simultaneous multithreading (SMT), mostly 2 with it.
  public var threadsPerCore: Int? {
    guard physicalCores != nil else { return nil }
    return Dictionary(grouping: cpus) { $0.core }.values.map(\.count).max()
  }
}

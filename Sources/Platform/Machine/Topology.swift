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

  /// The numbers of a machine whose system does not list its CPUs.
  struct Totals: Equatable, Sendable {
    var cpus: Int
    var physicalCores: Int
    var sockets: Int?
  }

  /// The CPUs that are online; empty if the system reports only how many there are.
  public var cpus: [CPU]
  private var totals: Totals?
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

  /// Creates a topology of which only numbers are known.
  init(totals: Totals, kinds: [CoreKind]) {
    self.init(cpus: [], kinds: kinds)
    self.totals = totals
  }

  /// Reads the CPUs that this process may use; `nil` if the system does not list them, or lists others, as some containers do.
  public static func usable(in tree: FileTree = .machine) -> Topology? {
    let allowed = AllowedCPUs.read(from: tree)
    guard let part = read(from: tree)?.limited(to: allowed.map { Set($0) }), !part.cpus.isEmpty else {
      return nil
    }
    return part
  }

  /// The number of sockets with online CPUs; `nil` unless the socket of every CPU is known.
  public var sockets: Int? {
    if let totals { return totals.sockets }
    let known = cpus.compactMap(\.socket)
    return known.isEmpty || known.count < cpus.count ? nil : Set(known).count
  }

  /// The number of physical cores with online CPUs; `nil` unless the core of every CPU is known.
  public var physicalCores: Int? {
    if let totals { return totals.physicalCores }
    let known = cpus.compactMap(\.core)
    return known.isEmpty || known.count < cpus.count ? nil : Set(known).count
  }

  /// The numbers of the CPUs of each physical core, in the order of the cores' first CPUs; CPUs whose core is unknown count
  /// as cores of their own.
  public var siblings: [[Int]] {
    groups { $0.core ?? "cpu\($0.number)" }
  }

  /// The numbers of the CPUs of each memory node; one group if the nodes are unknown.
  public var cpusOfNodes: [[Int]] {
    groups { $0.node }
  }

  private func groups(by key: (CPU) -> some Hashable) -> [[Int]] {
    Dictionary(grouping: cpus, by: key).values.map { $0.map(\.number).sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Returns the part of the machine that consists of some CPUs.
  ///
  /// - Parameter numbers: The CPUs; `nil` means all. Those that are offline do not count.
  public func limited(to numbers: Set<Int>?) -> Topology {
    guard let numbers else { return self }
    var part = self
    part.cpus.removeAll { !numbers.contains($0.number) }
    part.kinds = kinds.compactMap { kind in
      if kind.cpus.isEmpty { return kind }
      let cpus = kind.cpus.filter(numbers.contains)
      return cpus.isEmpty ? nil : CoreKind(kind.name, cpus: cpus, maximumFrequency: kind.maximumFrequency)
    }
    return part
  }

  /// The maximum number of CPUs that share a physical core: 1 without simultaneous multithreading (SMT),
  /// usually 2 with it.
  public var threadsPerCore: Int? {
    if let totals {
      return totals.cpus.isMultiple(of: totals.physicalCores) ? totals.cpus / totals.physicalCores : nil
    }
    guard physicalCores != nil else { return nil }
    return Dictionary(grouping: cpus) { $0.core }.values.map(\.count).max()
  }
}

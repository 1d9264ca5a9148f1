import CPlatform

/// The rule by which workers are put on CPUs.
public enum Placement: Equatable, Sendable {
  /// A physical core each, until every core has a worker; then the second CPUs of the cores. Fast kinds of core come first.
  case cores
  /// The CPUs of a core one after the other, then those of the next core of the same memory node, then the next node.
  case compact
  /// A memory node each, in turns; on each node as `cores`.
  case spread
  /// As `cores`, on the cores of one kind only.
  case kind(String)
  /// The CPUs with these numbers, in this order.
  case cpus([Int])

  /// The most CPUs that can be listed.
  private static let mostCPUs = 4096
  /// The longest text in bytes: a results file accepts no longer name.
  private static let longestText = 1000

  /// Reads a rule: a word, or numbers of CPUs such as `0,2,4-7`. Returns `nil` if the text is neither.
  public init?(_ text: String) {
    switch text {
    case "cores": self = .cores
    case "compact": self = .compact
    case "spread": self = .spread
    case _ where text.utf8.count > Self.longestText: return nil
    case _ where CoreKind.isName(text): self = .kind(text)
    default:
      guard let cpus = CPUList.strictNumbers(in: text), (1...Self.mostCPUs).contains(cpus.count) else {
        return nil
      }
      self = .cpus(cpus)
    }
  }

  /// The rule as text, which `init(_:)` reads.
  public var text: String {
    switch self {
    case .cores: "cores"
    case .compact: "compact"
    case .spread: "spread"
    case .kind(let name): name
    case .cpus(let cpus): CPUList.text(of: cpus)
    }
  }

  /// Returns the CPU of each worker. If there are more workers than CPUs, the order begins anew.
  ///
  /// - Parameters:
  ///   - workers: The number of workers.
  ///   - topology: The CPUs that the process may use; `nil` if the system does not list them.
  /// - Throws: `PlacementError`.
  public func cpus(of workers: Int, on topology: Topology?) throws(PlacementError) -> [Int] {
    guard let topology, Processor.canBind else { throw .unsupported }
    let order = try order(on: topology)
    if order.isEmpty { throw .unsupported }
    return (0..<workers).map { order[$0 % order.count] }
  }

  private func order(on topology: Topology) throws(PlacementError) -> [Int] {
    switch self {
    case .cores: return Self.coresFirst(topology)
    case .compact: return Self.siblingsFirst(topology)
    case .spread:
      let nodes = topology.cpusOfNodes.map { Self.coresFirst(topology.limited(to: Set($0))) }
      return Self.inTurns(nodes)
    case .kind(let name):
      guard let kind = topology.kinds.first(where: { $0.name == name }) else {
        throw .unknownKind(name, known: topology.kinds.map(\.name))
      }
      return Self.coresFirst(topology.limited(to: Set(kind.cpus)))
    case .cpus(let cpus):
      let usable = topology.cpus.map(\.number)
      if let other = cpus.first(where: { !usable.contains($0) }) {
        throw .notUsable(other, usable: CPUList.text(of: usable))
      }
      return cpus
    }
  }

  /// The first CPU of every core, then the second of every core that has one, and so on.
  private static func coresFirst(_ topology: Topology) -> [Int] {
    let ranks = topology.kinds.enumerated().flatMap { rank, kind in kind.cpus.map { ($0, rank) } }
    let rank = Dictionary(ranks, uniquingKeysWith: min)
    let cores = topology.siblings.enumerated().sorted { one, other in
      (rank[one.element[0]] ?? 0, one.offset) < (rank[other.element[0]] ?? 0, other.offset)
    }
    return inTurns(cores.map(\.element))
  }

  private static func siblingsFirst(_ topology: Topology) -> [Int] {
    topology.cpusOfNodes.flatMap { node in topology.limited(to: Set(node)).siblings.flatMap(\.self) }
  }

  /// Returns the first element of each group, then the second of each, and so on.
  private static func inTurns(_ groups: [[Int]]) -> [Int] {
    (0..<(groups.map(\.count).max() ?? 0)).flatMap { turn in
      groups.compactMap { turn < $0.count ? $0[turn] : nil }
    }
  }
}

/// The reason that workers cannot be placed.
public enum PlacementError: Error, Equatable, CustomStringConvertible {
  /// The system does not let programs choose CPUs, or does not list them.
  case unsupported
  /// The process may not use a CPU.
  case notUsable(Int, usable: String)
  /// This machine has no cores of that kind.
  case unknownKind(String, known: [String])

  /// The reason, as a sentence without its subject.
  public var description: String {
    switch self {
    case .unsupported: "is not possible on this system: programs cannot choose CPUs here (leave it out)"
    case .notUsable(let cpu, let usable):
      "names CPU \(cpu), which this process may not use (usable: \(usable))"
    case .unknownKind(let name, let known):
      "names the kind '\(name)', but "
        + (known.isEmpty
          ? "all cores of this machine are alike (try cores)"
          : "the kinds of core of this machine are \(known.joined(separator: ", "))")
    }
  }
}

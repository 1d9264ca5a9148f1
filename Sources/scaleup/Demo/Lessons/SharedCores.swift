import Analysis
import Formatting
import Platform
import Records
import Report

/// Compares two workers on the hardware threads of one core, on two cores and on two memory nodes, as far as the machine has them.
struct SharedCores: Lesson {
  static let name = "siblings"
  static let title = "Siblings: hardware threads, cores and memory nodes"
  static let files = ["Sources/Platform/Machine/Topology.swift", "Sources/Platform/Threads/Placement.swift"]

  /// Two CPUs, and what lies between them.
  struct Pair: Equatable {
    /// The relation of two CPUs.
    enum Kind: String {
      case oneCore = "one core"
      case twoCores = "two cores"
      case twoNodes = "two nodes"
    }

    let kind: Kind
    let cpus: [Int]

    var text: String { "CPUs \(cpus[0]), \(cpus[1]): \(kind.rawValue)" }
  }

  private let bench: Bench
  private let pairs: [Pair]
  /// The CPU of one worker; `nil` if programs cannot choose CPUs here.
  private let single: Int?
  private let upTo: UInt64
  private let steps: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    let topology = Processor.canBind && bench.cpus > 1 ? Topology.usable() : nil
    pairs = topology.map(Self.pairs) ?? []
    single = pairs.first?.cpus[0]
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.2)
    steps = try bench.amount(of: bench.triad("single", 1, size: bench.largeArray), taking: 0.15)
  }

  /// Returns a pair of each kind that a machine has, the closest first. The first CPU is the same if that is possible.
  static func pairs(of topology: Topology) -> [Pair] {
    var pairs: [Pair] = []
    let (cores, nodes) = (topology.siblings, topology.cpusOfNodes)
    if let core = cores.first(where: { $0.count > 1 }) {
      pairs.append(Pair(kind: .oneCore, cpus: Array(core[0..<2])))
    }
    for node in nodes {
      let own = cores.filter { node.contains($0[0]) }
      if own.count > 1 {
        pairs.append(Pair(kind: .twoCores, cpus: [own[0][0], own[1][0]]))
        break
      }
    }
    if nodes.count > 1 { pairs.append(Pair(kind: .twoNodes, cpus: [nodes[0][0], nodes[1][0]])) }
    return pairs
  }

  var question: Question {
    guard let pair = pairs.first else {
      return Question(
        "This system does not say which CPUs share a core, does not let programs choose their CPUs, or lets this one use a single "
          + "CPU. How many times as fast as one worker are 2 workers at sum, wherever the system puts them?",
        .factor)
    }
    let relation =
      switch pair.kind {
      case .oneCore: "are hardware threads of one core (SMT)"
      case .twoCores:
        "are separate cores: the system reports no hardware threads that share one"
      case .twoNodes: "belong to two memory nodes (NUMA)"
      }
    return Question(
      "CPUs \(pair.cpus[0]) and \(pair.cpus[1]) \(relation). One worker on CPU \(pair.cpus[0]) adds "
        + "0…\(Readable.round(upTo)). How many times as fast are two workers, one on each of the two CPUs?",
      .factor)
  }

  func findings() throws -> Findings {
    let placements = pairs.isEmpty ? [nil] : pairs.map { $0.cpus as [Int]? }
    let sums = try gains(of: placements) { workers in
      Configuration(model: "threads", workload: "sum", workers: workers, upTo: upTo)
    }
    let triads = try gains(of: placements) { workers in
      bench.triad("threads", workers, size: bench.largeArray, steps: steps)
    }
    let results = Results(kinds: pairs.map(\.kind), sums: sums, triads: triads)
    let names = pairs.isEmpty ? ["2 workers anywhere"] : pairs.map(\.text)
    return Findings(
      answer: sums[0],
      passages: [
        .heading("Speedup of two workers over one: sum, which needs no memory"),
        .drawing(TextBars(zip(names, sums).map { .init($0, $1, Readable.fixed($1, decimals: 2)) })),
        .heading(
          "Speedup of two workers over one: triad on arrays of \(Readable.memory(bytes: bench.largeArray))"),
        .drawing(TextBars(zip(names, triads).map { .init($0, $1, Readable.fixed($1, decimals: 2)) })),
      ], explanation: Self.explanation(results))
  }

  /// Returns the speedups of two workers on CPUs over one worker on the first of them.
  private func gains(
    of placements: [[Int]?], _ work: (Int) -> Configuration
  ) throws -> [Double] {
    let one = place(work(1), on: single.map { [$0] })
    let samples = try bench.measure([one] + placements.map { place(work(2), on: $0) })
    return samples.dropFirst().map { samples[0].time / $0.time }
  }

  private func place(_ configuration: Configuration, on cpus: [Int]?) -> Configuration {
    var configuration = configuration
    configuration.placement = cpus.map { Placement.cpus($0).text }
    return configuration
  }

  /// The speedups of two workers, by pair; of workers anywhere if there are no pairs.
  struct Results {
    let kinds: [Pair.Kind]
    let sums: [Double]
    let triads: [Double]

    func gains(_ kind: Pair.Kind) -> (sum: Double, triad: Double)? {
      kinds.firstIndex(of: kind).map { (sums[$0], triads[$0]) }
    }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    if results.kinds.isEmpty {
      return """
        The two workers were \(figure(results.sums[0]))× as fast as one at sum and \(figure(results.triads[0]))× at triad. Without \
        the arrangement of the CPUs, or with one CPU, that is all this machine shows. On a machine that tells, this lesson puts two \
        workers on the hardware threads of one core, then on two cores, then on two memory nodes.
        """
    }
    return """
      A core with simultaneous multithreading (SMT) shows the system two CPUs, but both share its execution units and caches. \
      \(sharedCore(results)) \(cores(results)) \(nodes(results)) The option --placement of scaleup run chooses: cores, \
      compact or spread; scaleup machine shows the arrangement.
      """
  }

  private static func sharedCore(_ results: Results) -> String {
    guard let (sum, triad) = results.gains(.oneCore) else {
      return
        "The system reports no such pair here: every CPU is a core of its own, or a hypervisor hides that it is not."
    }
    let verdict =
      sum > 1.7
      ? "sum adds one number per cycle and leaves most units idle, so a second hardware thread is nearly a second core for it"
      : sum > 1.1
        ? "a second hardware thread only uses what the first leaves idle"
        : "the first leaves nothing idle that the second could use"
    return
      "Two workers on one core were \(figure(sum))× as fast as one at sum and \(figure(triad))× at triad: \(verdict)."
  }

  private static func cores(_ results: Results) -> String {
    guard let (sum, triad) = results.gains(.twoCores) else {
      return "There are no two cores on one memory node to compare with."
    }
    let verdict =
      sum > 1.8
      ? "each has units of its own"
      : sum > 1.5
        ? "less than two whole cores give, because the clock rate falls or others use them"
        : "too little for two cores, so a hypervisor may show hardware threads as cores, or there are other guests"
    let memory =
      sum < 1.5
      ? ""
      : triad < 0.8 * sum
        ? " Memory gains less, because cores share the path to it (see the lesson \(MemoryWall.name))."
        : " Memory gains as much here: one core does not use all of its bandwidth."
    return
      "Two cores were \(figure(sum))× as fast at sum and \(figure(triad))× at triad: \(verdict).\(memory)"
  }

  private static func nodes(_ results: Results) -> String {
    guard let far = results.gains(.twoNodes) else {
      return
        "All memory is one node as far as the system tells, so no core has a longer way to it than another."
    }
    let near = results.gains(.twoCores)?.triad ?? far.triad
    let verdict =
      far.triad > 1.15 * near
      ? "each node has a path to memory of its own, if a worker uses the memory that it touched first"
      : "here a second node brought no more bandwidth than a second core"
    return "Cores of two memory nodes (NUMA) were \(figure(far.triad))× as fast at triad: \(verdict)."
  }
}

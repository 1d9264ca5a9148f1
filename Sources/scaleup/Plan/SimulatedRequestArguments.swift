import Arguments
import Simulation

/// The options of simulated requests and of the simulation itself.
struct SimulatedRequestArguments {
  /// The names of the options.
  static let names = ["balancing", "discipline", "distribution", "depth", "seed"]

  private enum Distribution: String, CaseIterable { case exponential, constant }

  private let balancing: Balancing
  /// The depth; `nil` if the number of requests decides.
  let depth: SimulationDepth?
  let seed: UInt64
  /// Whether every request needs the same time.
  let isConstant: Bool
  private let discipline: Discipline

  init(_ line: inout ArgumentLine) {
    balancing = line.value(of: Self.balancing) ?? .leastOutstanding
    discipline = line.value(of: Self.discipline) ?? .sharing
    isConstant = line.value(of: Self.distribution) == .constant
    depth = line.value(of: Self.depth)
    seed = line.value(of: Self.seed) ?? 1
  }

  /// Returns the requests of an instance.
  ///
  /// - Parameters:
  ///   - demand: The mean demand in seconds.
  ///   - objective: The response time in seconds above which a request is late.
  func served(cores: Int, demand: Double, objective: Double) -> ServedDemand {
    ServedDemand(
      cores: cores, demand: isConstant ? .constant(demand) : .exponential(mean: demand),
      discipline: discipline, balancing: balancing, objective: objective)
  }
}

extension SimulatedRequestArguments {
  private static let balancing = Option<Balancing>(
    "balancing", "RULE", .choice(of: Balancing.allCases),
    help: "round-robin, least-outstanding, or one central queue (default: least-outstanding)")
  private static let discipline = Option<Discipline>(
    "discipline", "RULE", .choice(of: Discipline.allCases),
    help: "sharing (of cores) or fcfs, first come first served (default: sharing)")
  private static let distribution = Option<Distribution>(
    "distribution", "NAME", .choice(of: Distribution.allCases),
    help: "distribution of the demand: exponential or constant (default: exponential)")
  private static let depth = Option<SimulationDepth>(
    "depth", "DEPTH", .choice(of: SimulationDepth.allCases),
    help: "requests (one by one) or fluid (as rates; default above 5·10^6 requests)")
  private static let seed = Option<UInt64>(
    "seed", "NUMBER", .wholeNumber(in: 0...UInt64.max, example: "1"),
    help: "seed of arrivals, demands and failures (default: 1)")
}

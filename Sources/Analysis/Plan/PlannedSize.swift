import Queueing
import Records

/// A size of instance to plan with.
public struct PlannedSize: Sendable {
  /// The name.
  public var name: String
  /// The cores of an instance.
  public var cores: Int
  /// The CPU time per request in nanoseconds, above 0.
  public var demand: PlanRecord.Estimate
  /// The origin of the demand, as a phrase.
  public var demandSource: String
  /// The scaling law of its cores; `nil` if none is known.
  public var law: PlanRecord.Law?
  /// The measured capacity of an instance in requests per second, and its objective; `nil` if it was not measured.
  public var capacity: (rate: ClosedRange<Double>, objective: LatencyObjective)?
  /// The price of an instance per hour.
  public var price: Double?

  /// Creates a size.
  public init(
    name: String, cores: Int, demand: PlanRecord.Estimate, demandSource: String, law: PlanRecord.Law? = nil
  ) {
    (self.name, self.cores, self.demand, self.demandSource, self.law) = (
      name, cores, demand, demandSource, law
    )
  }

  /// The cores' worth of work that the law leaves of the cores.
  public var effectiveCores: Double {
    let scalability = law.flatMap { UniversalScalability(contention: $0.alpha, coherency: $0.beta) }
    return (scalability ?? .linear).capacity(of: Double(cores))
  }
}

/// A plan that cannot be made.
public enum PlanError: Error, Equatable, Sendable {
  /// No number of instances meets the objective: the response of a request alone, in nanoseconds.
  case unreachable(size: String, alone: Double, objective: LatencyObjective)
  /// The load is beyond what instances are counted for.
  case tooManyInstances(size: String)
}

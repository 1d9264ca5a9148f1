#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The square-root rule of staffing: c = a + β √a servers for a load of a Erlangs, with the β of a probability to wait.
///
/// With more servers, the probability that a request waits at M/M/c tends to 1 / (1 + β Φ(β) / φ(β)) (Halfin and Whitt,
/// "Heavy-Traffic Limits for Queues with Many Exponential Servers", Operations Research 29 (1981)).
public struct SquareRootStaffing: Equatable, Sendable {
  /// The safety factor β.
  public let factor: Double

  /// Makes the rule for a probability that a request waits; `nil` unless it is above 0 and below 1.
  public init?(waitProbability: Double) {
    guard waitProbability > 0, waitProbability < 1 else { return nil }
    factor = time(atSurvival: waitProbability, from: 1, Self.waitProbability(ofFactor:))
  }

  /// Returns the limit of the probability to wait.
  static func waitProbability(ofFactor factor: Double) -> Double {
    let density = exp(-factor * factor / 2) / (2 * Double.pi).squareRoot()
    return density / (density + factor * erfc(-factor / 2.0.squareRoot()) / 2)
  }

  /// Returns the servers for a load, not rounded.
  public func servers(forLoad load: Double) -> Double { load + factor * load.squareRoot() }
}

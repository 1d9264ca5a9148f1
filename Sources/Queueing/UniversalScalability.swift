/// The universal scalability law: N cores or machines do C(N) = N / (1 + α (N − 1) + β N (N − 1)) times the work of one
/// (Gunther, "Guerrilla Capacity Planning" (2007)).
public struct UniversalScalability: Equatable, Sendable {
  /// The contention α: the part of the work that waits for others.
  public let contention: Double
  /// The coherency β: the cost of agreement between each pair.
  public let coherency: Double

  /// The law without losses: C(N) = N.
  public static let linear = UniversalScalability(0, 0)

  private init(_ contention: Double, _ coherency: Double) {
    (self.contention, self.coherency) = (contention, coherency)
  }

  /// Makes a law; `nil` unless both coefficients are at least 0 and finite.
  public init?(contention: Double, coherency: Double) {
    guard contention >= 0, coherency >= 0, contention.isFinite, coherency.isFinite else { return nil }
    self.init(contention, coherency)
  }

  /// Returns the work of a number of cores or machines, as a multiple of that of one.
  public func capacity(of count: Double) -> Double {
    count / (1 + contention * (count - 1) + coherency * count * (count - 1))
  }

  /// The number with the greatest capacity, √((1 − α) / β); infinite without coherency, and 1 if none has more than one.
  public var peak: Double {
    if contention >= 1 { return 1 }
    return coherency > 0 ? max(1, ((1 - contention) / coherency).squareRoot()) : .infinity
  }

  /// Returns the least whole number with a capacity; `nil` if none has it.
  public func least(withCapacity capacity: Double) -> Int? {
    // C(N) ≥ x is β x N² − (1 − (α − β) x) N + (1 − α) x ≤ 0. The lower root is written without cancellation.
    let linear = 1 - (contention - coherency) * capacity
    let constant = (1 - contention) * capacity
    let discriminant = linear * linear - 4 * coherency * capacity * constant
    if capacity <= 1 { return 1 }
    guard linear > 0, discriminant >= 0 else { return nil }
    let root = 2 * constant / (linear + discriminant.squareRoot())
    guard root < 1e15 else { return nil }
    // The root may be off by its rounding, so the numbers around it are tried.
    let near = Int(root)
    return (max(1, near - 1)...near + 2).first { self.capacity(of: Double($0)) >= capacity * (1 - 1e-12) }
  }
}

/// Returns the mean number of requests in a system by Little's law, L = λ · W: 50 ms at 200 requests/s is 10.
///
/// - Parameters:
///   - rate: The arrivals per time.
///   - responseTime: The mean time that a request is in the system.
public func requestsInSystem(rate: Double, responseTime: Double) -> Double { rate * responseTime }

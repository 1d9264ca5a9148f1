import Statistics

/// A law of throughput as a function of the number of workers.
///
/// All laws are fitted to throughputs, so that their residuals can be compared. γ is the throughput of one worker, and
/// the speedup of a law is its throughput divided by γ.
public enum ScalingLaw: String, CaseIterable, Sendable {
  /// One worker alone does a part f of a fixed amount of work: T(p) = T1 · (f + (1 − f) / p), and so
  /// X(p) = γp / (1 + f(p − 1)) (Amdahl, "Validity of the Single Processor Approach to Achieving Large Scale Computing
  /// Capabilities", AFIPS (1967)).
  case amdahl
  /// The work grows with the workers, and one worker runs alone for a part f of the time: X(p) = γ(p − f(p − 1))
  /// (Gustafson, "Reevaluating Amdahl's Law", Communications of the ACM 31 (1988)).
  case gustafson
  /// Workers wait for one another (contention α) and synchronize in pairs (coherency β):
  /// X(N) = γN / (1 + α(N − 1) + βN(N − 1)) (the universal scalability law: Gunther, "Guerrilla Capacity Planning"
  /// (2007)).
  case usl

  /// A coefficient of a law.
  public enum Coefficient: String, Sendable {
    /// The throughput of one worker.
    case gamma
    /// The serial part of the work or of the time.
    case f
    /// The contention.
    case alpha
    /// The coherency.
    case beta
  }

  /// The coefficients of the law, γ first.
  public var coefficients: [Coefficient] {
    self == .usl ? [.gamma, .alpha, .beta] : [.gamma, .f]
  }

  /// The fewest distinct numbers of workers for a fit: one more than coefficients, so that the law can be judged too.
  public var fewestCounts: Int { coefficients.count + 1 }

  /// The range of each coefficient.
  var bounds: [ClosedRange<Double>] {
    [0...(.infinity)] + (self == .usl ? [0...(.infinity), 0...(.infinity)] : [0...1])
  }

  /// The throughput and its derivatives by the coefficients.
  var curve: LeastSquares.Curve {
    switch self {
    case .amdahl:
      { coefficients, workers, gradient in
        let cost = 1 + coefficients[1] * (workers - 1)
        gradient[0] = workers / cost
        let throughput = coefficients[0] * gradient[0]
        gradient[1] = -throughput * (workers - 1) / cost
        return throughput
      }
    case .gustafson:
      { coefficients, workers, gradient in
        gradient[0] = workers - coefficients[1] * (workers - 1)
        gradient[1] = -coefficients[0] * (workers - 1)
        return coefficients[0] * gradient[0]
      }
    case .usl:
      { coefficients, workers, gradient in
        let (pairs, others) = (workers * (workers - 1), workers - 1)
        let cost = 1 + coefficients[1] * others + coefficients[2] * pairs
        gradient[0] = workers / cost
        let throughput = coefficients[0] * gradient[0]
        gradient[1] = -throughput * others / cost
        gradient[2] = -throughput * pairs / cost
        return throughput
      }
    }
  }

  /// Returns the quantity that is linear in the coefficients except γ, and determines the speedup S: N / S, the cost of
  /// a unit of work relative to one worker; for Gustafson's law, S itself.
  ///
  /// - Parameter workers: More than one worker.
  /// - Returns: The constant term, the slope of each coefficient, and the range of the quantity.
  func linear(at workers: Double) -> (constant: Double, slopes: [Double], possible: ClosedRange<Double>) {
    switch self {
    case .amdahl: (1, [workers - 1], 1...workers)
    case .gustafson: (workers, [1 - workers], 1...workers)
    case .usl: (1, [workers - 1, workers * (workers - 1)], 1...(.infinity))
    }
  }

  /// Returns the speedup for a value of the linear quantity.
  func speedup(of linear: Double, at workers: Double) -> Double {
    self == .gustafson ? linear : workers / linear
  }
}

import Statistics

/// A law of how throughput grows with workers.
///
/// All are fitted to the same thing, throughput by workers, so that their residuals can be compared. γ is the throughput
/// of one worker, and the speedup of a law is its throughput over γ.
public enum ScalingLaw: String, CaseIterable, Sendable {
  /// A part f of a fixed amount of work is done by one worker alone: T(p) = T1 · (f + (1 − f) / p), and so
  /// X(p) = γp / (1 + f(p − 1)) (Amdahl, "Validity of the Single Processor Approach to Achieving Large Scale Computing
  /// Capabilities", AFIPS (1967)).
  case amdahl
  /// The work grows with the workers, and a part f of the time is one worker's alone: X(p) = γ(p − f(p − 1)) (Gustafson,
  /// "Reevaluating Amdahl's Law", Communications of the ACM 31 (1988)).
  case gustafson
  /// Workers wait for one another (α) and agree in pairs (β): X(N) = γN / (1 + α(N − 1) + βN(N − 1)) (Gunther, "Guerrilla
  /// Capacity Planning" (2007), the universal scalability law).
  case usl

  /// A number of a law that is fitted.
  public enum Coefficient: String, Sendable {
    /// The throughput of one worker.
    case gamma
    /// The part that is not shared out.
    case f
    /// Contention.
    case alpha
    /// Coherency.
    case beta
  }

  /// The coefficients that are fitted, γ first.
  public var coefficients: [Coefficient] {
    self == .usl ? [.gamma, .alpha, .beta] : [.gamma, .f]
  }

  /// The fewest distinct numbers of workers from which they can be told, with something left to judge the law by.
  public var fewestCounts: Int { coefficients.count + 1 }

  /// Where each coefficient may lie.
  var bounds: [ClosedRange<Double>] {
    [0...(.infinity)] + (self == .usl ? [0...(.infinity), 0...(.infinity)] : [0...1])
  }

  /// The throughput, with its derivatives.
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

  /// Coefficients from which to look for the best: perfect scaling, one that is half of it at the greatest number of
  /// workers, and a poor one.
  func starts(_ points: LeastSquares.Points) -> [[Double]] {
    let greatest = points.map(\.x).max() ?? 1
    let gamma = points.map { $0.y / $0.x }.max() ?? 1
    let half = min(0.5, 1 / greatest)
    return self == .usl
      ? [[gamma, 0, 0], [gamma, half, half / greatest], [gamma, 0.5, 0]]
      : [[gamma, 0], [gamma, half], [gamma, 0.5]]
  }

  /// What is linear in the coefficients but γ, and decides the speedup: what each unit of work costs, N / S, in units of
  /// what it costs one worker; with Gustafson, the speedup itself.
  ///
  /// - Returns: Its value without them, how much each adds, and where it can lie; for more than one worker.
  func linear(at workers: Double) -> (constant: Double, slopes: [Double], possible: ClosedRange<Double>) {
    switch self {
    case .amdahl: (1, [workers - 1], 1...workers)
    case .gustafson: (workers, [1 - workers], 1...workers)
    case .usl: (1, [workers - 1, workers * (workers - 1)], 1...(.infinity))
    }
  }

  /// The speedup that follows from what is linear.
  func speedup(of linear: Double, at workers: Double) -> Double {
    self == .gustafson ? linear : workers / linear
  }
}

import Statistics

/// A law fitted to throughputs by workers. All intervals are of 95 %.
public struct LawFit: Equatable, Sendable {
  /// A coefficient.
  public struct Coefficient: Equatable, Sendable {
    /// Which one.
    public let coefficient: ScalingLaw.Coefficient
    /// Its value.
    public let value: Double
    /// Its standard error; for one at its bound, that which it would have if it could go on.
    public let standardError: Double
    /// Its interval, as far as the bounds allow. It can be wider than Student's t times the standard error, because noise
    /// may be in proportion to the throughput: see `LeastSquares.deviation`.
    public let interval: Interval
  }

  /// The number of workers or the speedup at which growth ends. Its interval may have no upper end.
  public struct Extreme: Equatable, Sendable {
    /// Its value.
    public let value: Double
    /// The lower end of its interval.
    public let lower: Double
    /// The upper end; `nil` where no number of workers is too high for it.
    public let upper: Double?
  }

  /// What the law says of a number of workers.
  public struct Prediction: Equatable, Sendable {
    /// The workers.
    public let workers: Double
    /// The speedup over one worker.
    public let speedup: Double
    /// Its interval.
    public let interval: Interval
    /// Whether there are more workers than in any sample: the law itself may not hold there, and of that the interval
    /// knows nothing.
    public let isExtrapolated: Bool
  }

  /// The law.
  public let law: ScalingLaw
  /// Its coefficients, γ first.
  public let coefficients: [Coefficient]
  /// The standard deviation of the residuals, in units of throughput.
  public let residualStandardError: Double
  /// The distinct numbers of workers less the coefficients.
  public let degreesOfFreedom: Int
  /// The part of the throughput's variation that the law explains; `nil` where the throughput does not vary.
  public let rSquared: Double?
  /// The number of workers with the greatest throughput, √((1 − α) / β); `nil` where throughput grows for ever, and where
  /// α is 1 or more, so that it never grows. Below 1 where it falls from the first worker on.
  public let peak: Extreme?
  /// The speedup that no number of workers passes, 1 / f or 1 / α; `nil` where there is none.
  public let limit: Extreme?
  /// The speedups at 2 and 4 times the cores.
  public let predictions: [Prediction]

  /// The value of a coefficient of this law; `nil` for one of another.
  public func value(of coefficient: ScalingLaw.Coefficient) -> Double? {
    self[coefficient]?.value
  }

  /// A coefficient of this law; `nil` for one of another.
  public subscript(coefficient: ScalingLaw.Coefficient) -> Coefficient? {
    coefficients.first { $0.coefficient == coefficient }
  }

  /// The speedup that the law gives so many workers, over one.
  public func speedup(at workers: Double) -> Double {
    let (constant, slopes, _) = law.linear(at: max(1, workers))
    return law.speedup(
      of: zip(slopes, coefficients.dropFirst()).reduce(constant) { $0 + $1.0 * $1.1.value },
      at: max(1, workers))
  }
}

/// Why a law was not fitted, in plain words.
public struct LawRefusal: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is in the way.
  public enum Reason: Equatable, Sendable {
    /// There are too few distinct numbers of workers.
    case tooFewCounts(Int)
    /// Other coefficients would fit as well.
    case undetermined
  }

  /// The law.
  public let law: ScalingLaw
  /// What is in the way.
  public let reason: Reason

  /// One sentence: what is in the way, and what to do.
  public var description: String {
    switch reason {
    case .tooFewCounts(let count):
      "\(law.title) has \(law.coefficients.count) coefficients, and it takes at least \(law.fewestCounts) different "
        + "numbers of workers to tell them; there \(count == 1 ? "is" : "are") \(count). Measure with more."
    case .undetermined:
      "\(law.title) fits these data with many coefficients equally well. Measure numbers of workers that lie further "
        + "apart."
    }
  }
}

extension ScalingLaw {
  /// The law as a sentence names it.
  public var title: String {
    switch self {
    case .amdahl: "Amdahl's law"
    case .gustafson: "Gustafson's law"
    case .usl: "The universal scalability law"
    }
  }
}

import Statistics

/// A scaling law fitted to throughputs by number of workers. All intervals are 95 % intervals.
public struct LawFit: Equatable, Sendable {
  /// A fitted coefficient.
  public struct Coefficient: Equatable, Sendable {
    /// The coefficient that was fitted.
    public let coefficient: ScalingLaw.Coefficient
    /// The fitted value.
    public let value: Double
    /// The standard error; of a value at its bound, the standard error without that bound.
    public let standardError: Double
    /// The interval, clamped to the bounds. It can be wider than Student's t times the standard error, because noise
    /// may be proportional to the throughput: see `LeastSquares.deviation`.
    public let interval: Interval
  }

  /// The number of workers or the speedup at which growth ends. Its interval may have no upper end.
  public struct Extreme: Equatable, Sendable {
    /// The estimated value.
    public let value: Double
    /// The lower end of the interval.
    public let lower: Double
    /// The upper end of the interval; `nil` if it is infinite.
    public let upper: Double?
  }

  /// The speedup that the law predicts for a number of workers.
  public struct Prediction: Equatable, Sendable {
    /// The number of workers.
    public let workers: Double
    /// The speedup over the measured throughput of `single`, or over γ if that is unknown.
    public let speedup: Double
    /// The interval of the speedup.
    public let interval: Interval
    /// Whether there are more workers than in any sample. The law may not hold there, which the interval ignores.
    public let isExtrapolated: Bool
  }

  /// The factor by which a law lets the throughput grow.
  public struct Growth: Equatable, Sendable {
    /// The factor.
    public let factor: Double
    /// The interval of the factor. The law may not hold beyond the measured workers, which the interval ignores.
    public let interval: Interval
  }

  /// The fitted law.
  public let law: ScalingLaw
  /// The coefficients of the law, γ first.
  public let coefficients: [Coefficient]
  /// The standard deviation of the residuals, in units of throughput.
  public let residualStandardError: Double
  /// The distinct numbers of workers minus the number of coefficients.
  public let degreesOfFreedom: Int
  /// The sum of the squared residuals, in units of the greatest throughput.
  let residualSquares: Double
  /// The fitted γ over the throughput that speedups are relative to.
  let gain: Double
  /// The number of workers with the greatest throughput, √((1 − α) / β); below 1 if throughput falls from the first
  /// added worker on. `nil` if throughput grows without end, or if α ≥ 1, so that it never grows.
  public let peak: Extreme?
  /// The upper bound of the speedup for any number of workers, 1 / f or 1 / α, at least 1; `nil` if it is unbounded.
  public let limit: Extreme?
  /// The predicted speedups for 2 and 4 times the cores.
  public let predictions: [Prediction]
  /// The growth of the throughput from the cores to twice as many; `nil` if it is not finite.
  public let doubling: Growth?
  /// The predicted speedups from the most workers measured to twice the cores, for pictures.
  public let extrapolation: [Prediction]

  /// Returns the value of a coefficient; `nil` if the law does not have it.
  public func value(of coefficient: ScalingLaw.Coefficient) -> Double? {
    self[coefficient]?.value
  }

  /// Returns a coefficient; `nil` if the law does not have it.
  public subscript(coefficient: ScalingLaw.Coefficient) -> Coefficient? {
    coefficients.first { $0.coefficient == coefficient }
  }

  /// Returns the speedup that the law predicts.
  public func speedup(at workers: Double) -> Double {
    let (constant, slopes, _) = law.linear(at: max(1, workers))
    return gain
      * law.speedup(
        of: zip(slopes, coefficients.dropFirst()).reduce(constant) { $0 + $1.0 * $1.1.value },
        at: max(1, workers))
  }
}

/// A law that cannot be fitted to the data.
public struct LawFitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason that a law cannot be fitted.
  public enum Reason: Hashable, Sendable {
    /// There are only so many distinct numbers of workers, too few for the law.
    case tooFewCounts(Int)
    /// Other coefficients fit as well.
    case undetermined
    /// Throughput grows faster than the number of workers, and the law allows linear growth at most.
    case superlinear
    /// Throughput falls, which the law does not allow.
    case falling
  }

  /// The law.
  public let law: ScalingLaw
  /// The reason that it cannot be fitted.
  public let reason: Reason

  /// One sentence with the reason and the remedy.
  public var description: String {
    switch reason {
    case .tooFewCounts(let count):
      "\(law.title) needs at least \(law.fewestCounts) worker counts (found \(count); measure more)."
    case .undetermined:
      "\(law.title) fits equally well with other coefficients (measure worker counts further apart)."
    case .superlinear:
      "\(law.title) allows linear growth at most, and these data are superlinear."
    case .falling:
      "\(law.title) does not allow throughput to fall, and these data fall."
    }
  }
}

extension ScalingLaw {
  /// The name of the law at the start of a sentence.
  public var title: String {
    switch self {
    case .amdahl: "Amdahl's law"
    case .gustafson: "Gustafson's law"
    case .usl: "The universal scalability law"
    }
  }
}

import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension LawFit {
  /// Fits a law by least squares.
  ///
  /// - Parameters:
  ///   - points: A throughput per number of workers, each number once, scaled so that the greatest throughput is 1.
  ///   - unit: The greatest throughput, unscaled.
  ///   - single: The throughput that speedups are relative to, scaled alike; `nil` stands for the fitted γ.
  ///   - cores: The number of cores; predictions are for 2 and 4 times as many workers.
  static func fit(
    _ law: ScalingLaw, to points: LeastSquares.Points, unit: Double, single: Double?, cores: Double
  ) -> Result<LawFit, LawFitError> {
    guard points.count >= law.fewestCounts else {
      return .failure(LawFitError(law: law, reason: .tooFewCounts(points.count)))
    }
    guard
      let found = LeastSquares(law.curve, to: points, from: law.starts(points), within: law.bounds),
      let t = StudentDistribution.twoSided(level: 0.95, degreesOfFreedom: found.degreesOfFreedom),
      let fit = LawFit(law, found, points, unit: unit, t: t, single: single, cores: cores)
    else { return .failure(LawFitError(law: law, reason: .undetermined)) }
    return .success(fit)
  }

  /// Makes a fit from its coefficients; `nil` if an interval is not finite.
  private init?(
    _ law: ScalingLaw, _ found: LeastSquares, _ points: LeastSquares.Points, unit: Double, t: Double,
    single: Double?, cores: Double
  ) {
    let greatest = points.map(\.x).max() ?? 1
    let (errors, units) = (found.standardErrors, law.coefficients.indices.map { $0 == 0 ? unit : 1 })
    // A coefficient without effect even with the most workers is rounding, not contention.
    let values = found.coefficients.enumerated().map { index, value in
      index > 0 && value * (index == 1 ? greatest : greatest * greatest) < 1e-9 ? 0 : value
    }
    let coefficients = law.coefficients.indices.compactMap { index in
      let reach = t * found.deviation(of: values.indices.map { $0 == index ? 1 : 0 })
      return Interval(values[index] - reach, values[index] + reach).map { interval in
        Coefficient(
          coefficient: law.coefficients[index], value: values[index] * units[index],
          standardError: errors[index] * units[index],
          interval: interval.clamped(to: law.bounds[index]).scaled(by: units[index]))
      }
    }
    guard coefficients.count == values.count, coefficients.allSatisfy({ $0.interval.upper.isFinite }) else {
      return nil
    }
    self.law = law
    self.coefficients = coefficients
    residualStandardError = found.residualStandardError * unit
    degreesOfFreedom = found.degreesOfFreedom
    residualSquares = found.residualSquares
    gain = single.map { values[0] / $0 } ?? 1
    peak = Self.peak(law, values, found, t)
    limit = Self.limit(coefficients[1], law, gain: gain)
    predictions = [2 * cores, 4 * cores].filter { $0 > 1 }.compactMap { workers in
      Self.prediction(law, values, found, t, workers, single: single, isExtrapolated: workers > greatest)
    }
    doubling = Self.growth(law, values, found, t, from: cores, to: 2 * cores)
    let reach = max(0, 2 * cores - greatest)
    extrapolation = (reach > 0 ? Array(0...Self.steps) : []).compactMap { step in
      let workers = greatest + reach * Double(step) / Double(Self.steps)
      return workers > 1
        ? Self.prediction(
          law, values, found, t, workers, single: single, isExtrapolated: workers > greatest) : nil
    }
  }

  /// The sections of an extrapolated curve.
  private static let steps = 8

  /// Returns the growth of the throughput that the law predicts. γ cancels, and the interval is that of the difference of
  /// the logarithms, by the delta method; it is clamped to what the law allows.
  private static func growth(
    _ law: ScalingLaw, _ values: [Double], _ found: LeastSquares, _ t: Double, from cores: Double,
    to workers: Double
  ) -> Growth? {
    let ends = [cores, workers].map { count -> (speedup: Double, gradient: [Double]) in
      let (constant, slopes, _) = law.linear(at: count)
      let linear = zip(slopes, values.dropFirst()).reduce(constant) { $0 + $1.0 * $1.1 }
      return (law.speedup(of: linear, at: count), slopes.map { (law == .gustafson ? $0 : -$0) / linear })
    }
    let factor = ends[1].speedup / ends[0].speedup
    let difference = zip(ends[1].gradient, ends[0].gradient).map { $0 - $1 }
    let error = exp(t * found.deviation(of: [0] + difference))
    guard factor.isFinite, factor > 0, error.isFinite else { return nil }
    let possible = (law == .usl ? 0 : 1)...max(1, workers / cores)
    return Interval(factor / error, factor * error).map {
      Growth(factor: factor, interval: $0.clamped(to: possible))
    }
  }

  /// Returns the peak of the universal scalability law.
  ///
  /// The interval is that of 1 / peak² = β / (1 − α), by the delta method: that is nearly linear in the coefficients
  /// and may be 0, which stands for no peak.
  private static func peak(
    _ law: ScalingLaw, _ values: [Double], _ found: LeastSquares, _ t: Double
  ) -> Extreme? {
    guard law == .usl, values[1] < 1, values[2] > 0 else { return nil }
    let rest = 1 - values[1]
    let ratio = values[2] / rest
    let error = t * found.deviation(of: [0, ratio / rest, 1 / rest])
    return Extreme(
      value: 1 / ratio.squareRoot(), lower: 1 / (ratio + error).squareRoot(),
      upper: ratio > error ? 1 / (ratio - error).squareRoot() : nil)
  }

  private static func limit(_ part: Coefficient, _ law: ScalingLaw, gain: Double) -> Extreme? {
    guard law != .gustafson, part.value > 0 else { return nil }
    return Extreme(
      value: gain * max(1, 1 / part.value), lower: gain * max(1, 1 / part.interval.upper),
      upper: part.interval.lower > 0 ? gain * max(1, 1 / part.interval.lower) : nil)
  }

  /// Returns the speedup that the law predicts.
  ///
  /// The interval is that of N / S (S for Gustafson's law), which is linear in the coefficients, so that the delta
  /// method adds no error; it is clamped to the values that coefficients within their bounds allow. A bootstrap of the
  /// trials would cover their noise, but not the distance of the law from the machine, which matters more with many
  /// trials.
  ///
  /// Over a measured throughput, the interval is that of ln X = ln γ + ln S by the delta method.
  private static func prediction(
    _ law: ScalingLaw, _ values: [Double], _ found: LeastSquares, _ t: Double, _ workers: Double,
    single: Double?, isExtrapolated: Bool
  ) -> Prediction? {
    let (constant, slopes, possible) = law.linear(at: workers)
    let linear = zip(slopes, values.dropFirst()).reduce(constant) { $0 + $1.0 * $1.1 }
    let error = t * found.deviation(of: [0] + slopes)
    func speedup(_ linear: Double) -> Double {
      law.speedup(of: min(max(linear, possible.lowerBound), possible.upperBound), at: workers)
    }
    if let single, values[0] > 0, linear > 0 {
      let value = values[0] * speedup(linear) / single
      let signed = slopes.map { (law == .gustafson ? $0 : -$0) / linear }
      let factor = exp(t * found.deviation(of: [1 / values[0]] + signed))
      let most = workers * values[0] / single
      return Interval(value / factor, min(value * factor, most)).map { interval in
        Prediction(workers: workers, speedup: value, interval: interval, isExtrapolated: isExtrapolated)
      }
    }
    return Interval(speedup(linear - error), speedup(linear + error)).map { interval in
      Prediction(
        workers: workers, speedup: speedup(linear), interval: interval, isExtrapolated: isExtrapolated)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Bootstrap {
  /// Returns the interval of a set of resamples; `nil` if any value is not finite.
  func interval(_ found: Resampled) -> Interval? {
    guard found.estimate.isFinite, found.replicates.allSatisfy(\.isFinite), let tail = tail(found) else {
      return nil
    }
    let sorted = found.replicates.sorted()
    var parts = (tail, 1 - tail)
    if method == .bca, sorted.first != sorted.last {
      guard let corrected = corrected(parts, found) else { return nil }
      parts = corrected
    }
    guard let lower = quantile(sorted: sorted, parts.0), let upper = quantile(sorted: sorted, parts.1) else {
      return nil
    }
    return Interval(lower, upper)
  }

  /// Returns the fraction of the resamples left out at either end.
  private func tail(_ found: Resampled) -> Double? {
    let plain = (1 - level) / 2
    guard widensForSmallSamples else { return plain }
    guard found.least > 1,
      let t = StudentDistribution.twoSided(level: level, degreesOfFreedom: found.degreesOfFreedom)
    else { return nil }
    let size = Double(found.least)
    return NormalDistribution.probability(upTo: -(size / (size - 1)).squareRoot() * t)
  }

  /// Returns Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) for each fraction Φ(z). Here z₀ is the bias in normal
  /// quantiles, and a is the acceleration. Of the resamples equal to the statistic of the sample, half count
  /// as below it.
  private func corrected(_ parts: (Double, Double), _ found: Resampled) -> (Double, Double)? {
    let under = found.replicates.reduce(0.0) { count, replicate in
      count + (replicate < found.estimate ? 1 : replicate == found.estimate ? 0.5 : 0)
    }
    guard let bias = NormalDistribution.quantile(under / Double(found.replicates.count)),
      let acceleration = acceleration(found.jackknife), let low = NormalDistribution.quantile(parts.0)
    else { return nil }
    let shifted = [low, -low].map { z in
      let moved = bias + z
      let stretch = 1 - acceleration * moved
      return stretch > 0 ? NormalDistribution.probability(upTo: bias + moved / stretch) : .nan
    }
    return shifted.allSatisfy(\.isFinite) ? (shifted[0], shifted[1]) : nil
  }

  /// Returns a sixth of the skewness of the statistic, from the jackknife; 0 if the jackknife statistics are
  /// all equal. For several samples: Davison and Hinkley, "Bootstrap Methods and their Application" (1997),
  /// chapter 5.
  private func acceleration(_ jackknife: [[Double]]) -> Double? {
    var (squares, cubes) = (0.0, 0.0)
    for statistics in jackknife {
      let size = Double(statistics.count)
      let mean = statistics.reduce(0, +) / size
      for statistic in statistics {
        let influence = (mean - statistic) * (size - 1) / size
        squares += influence * influence
        cubes += influence * influence * influence
      }
    }
    if squares == 0 { return 0 }
    let acceleration = cubes / (6 * squares * squares.squareRoot())
    return acceleration.isFinite ? acceleration : nil
  }
}
